package menara.capacity.risk;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import menara.capacity.campus.Campus;
import menara.capacity.events.Share;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;

/**
 * What a reservation was promised.
 *
 * @param period as it was promised
 * @param until when it really ends, or ended
 * @param order its place among all promises ever made: who was promised first is served first
 */
record Promise(
        ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        Period period,
        Instant until,
        List<Share> shares,
        long order) {

    List<RackId> racks() {
        return shares.stream().flatMap(share -> share.racks().stream()).toList();
    }

    /** What it draws at each node that must carry it. */
    Map<String, Power> loads(Campus campus) {
        var loads = new HashMap<String, Power>();
        for (var name : racks()) {
            campus.rack(name)
                    .ifPresent(rack -> rack.above().forEach(node -> loads.merge(node, rack.power(), Power::plus)));
        }
        return loads;
    }

    /** What is left of it at {@code now}, which must be before its end. */
    Period rest(Instant now) {
        return new Period(period.from().isBefore(now) ? now : period.from(), until);
    }

    Promise endedAt(Instant at) {
        return new Promise(reservation, contract, tenant, period, at, shares, order);
    }

    Promise changed(Period other, List<Share> others) {
        return new Promise(reservation, contract, tenant, other, other.until(), others, order);
    }
}
