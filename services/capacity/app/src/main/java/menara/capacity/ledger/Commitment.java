package menara.capacity.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationHeld;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.commitments.Share;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;

/**
 * Racks and power that one reservation has for a period, and no other may take: confirmed, or held for a while.
 *
 * @param period the committed period
 * @param until when it really ends, or ended
 * @param demand the demand
 * @param power planned power of its racks, in watts
 * @param held whether it is a hold, which may still expire
 * @param at when it was given
 * @param order its place among all commitments ever made: the first committed is served first
 */
public record Commitment(
        ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        Period period,
        Instant until,
        Demand demand,
        List<Share> shares,
        Power power,
        boolean held,
        Instant at,
        long order) {

    static Commitment of(ReservationConfirmed event, long order) {
        return new Commitment(
                event.reservation(),
                event.contract(),
                event.tenant(),
                event.period(),
                event.period().until(),
                event.demand(),
                event.shares(),
                event.power(),
                false,
                event.at(),
                order);
    }

    static Commitment of(ReservationHeld event, long order) {
        return new Commitment(
                event.reservation(),
                event.contract(),
                event.tenant(),
                event.period(),
                event.period().until(),
                event.demand(),
                event.shares(),
                event.power(),
                true,
                event.at(),
                order);
    }

    public List<RackId> racks() {
        return shares.stream().flatMap(share -> share.racks().stream()).toList();
    }

    /** The power it draws at each node that must carry it. */
    public Map<String, Power> loads(Campus campus) {
        var loads = new HashMap<String, Power>();
        for (var name : racks()) {
            campus.rack(name)
                    .ifPresent(rack -> rack.above().forEach(node -> loads.merge(node, rack.power(), Power::plus)));
        }
        return loads;
    }

    /** The rest of its period from {@code now} on, which must be before its end. */
    public Period rest(Instant now) {
        return new Period(period.from().isBefore(now) ? now : period.from(), until);
    }

    Commitment endedAt(Instant end) {
        return new Commitment(reservation, contract, tenant, period, end, demand, shares, power, held, at, order);
    }

    Commitment confirmed(Instant when) {
        return new Commitment(reservation, contract, tenant, period, until, demand, shares, power, false, when, order);
    }

    Commitment changed(ReservationReplaced event) {
        return new Commitment(
                reservation,
                contract,
                tenant,
                event.period(),
                event.period().until(),
                event.demand(),
                event.shares(),
                event.power(),
                held,
                at,
                order);
    }
}
