package menara.capacity.ledger;

import menara.capacity.commitments.Demand;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.Power;
import menara.values.ReservationId;
import menara.values.TenantId;

/**
 * A request on the waitlist: it is confirmed by itself as soon as it fits and it is its turn.
 *
 * @param power what the lightest such racks draw, in watts
 */
public record WaitlistEntry(
        ReservationId reservation, ContractId contract, TenantId tenant, Period period, Demand demand, Power power) {}
