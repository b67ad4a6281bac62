package menara.capacity.risk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Derating;
import menara.capacity.ledger.Ledger;
import menara.values.PhaseId;
import menara.values.refusals.NotFound;

/**
 * The deratings and the commitments at risk at an instant.
 *
 * @param atRisk in the order in which they were committed
 */
record Outlook(Campus campus, List<Risk.AtRisk> atRisk) {

    static Outlook of(Campus campus, Ledger ledger, Instant at) {
        return new Outlook(campus, Risk.assess(campus, ledger, at));
    }

    /** @throws NotFound if its restoration is repeated so long after its end that the derating is no longer kept */
    Derating derating(UUID derating) {
        var found = campus.deratings().get(derating);
        if (found == null) {
            throw new NotFound("derating", derating);
        }
        return found;
    }

    LocalDate plannedFrom(PhaseId phase) {
        return campus.phase(phase).orElseThrow().plannedFrom();
    }
}
