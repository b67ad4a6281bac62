package menara.capacity.reservation;

import java.time.Instant;
import java.util.List;
import menara.capacity.commitments.Demand;
import menara.platform.security.Caller;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A reservation as it is shown. What has not happened yet is null.
 *
 * @param state where it stands in its life
 * @param version steps of its life so far; the ETag
 * @param racks the racks held or committed, by hall and name; empty if there are none
 * @param gpus GPUs in those racks
 * @param power planned power of those racks
 * @param rule name of the rule that rejected it
 * @param reason what stood against it; a tenant sees no more than that something did
 * @param endedAt first instant at which its racks were free again
 * @param expiresAt first instant at which a hold can no longer be confirmed; null unless it is held
 */
record ReservationView(
        ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        ReservationState state,
        int version,
        Period period,
        Demand demand,
        List<RackId> racks,
        int gpus,
        Power power,
        @Nullable String rule,
        @Nullable String reason,
        Instant requestedAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant rejectedAt,
        @Nullable Instant activatedAt,
        @Nullable Instant endedAt,
        @Nullable Instant expiresAt) {

    /**
     * As a caller may see it. Reasons name the end of other commitments and what nodes are short of, from which a tenant could read who is there
     * besides it and for how long: it sees the rule, in words that would be true of any campus.
     */
    ReservationView to(Caller caller) {
        return rule == null || caller.seesAll()
                ? this
                : new ReservationView(
                        reservation,
                        contract,
                        tenant,
                        state,
                        version,
                        period,
                        demand,
                        racks,
                        gpus,
                        power,
                        rule,
                        Refusals.shownToTenant(rule),
                        requestedAt,
                        confirmedAt,
                        rejectedAt,
                        activatedAt,
                        endedAt,
                        expiresAt);
    }

    String eTag() {
        return "\"%d\"".formatted(version);
    }
}
