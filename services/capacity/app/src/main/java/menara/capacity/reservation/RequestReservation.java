package menara.capacity.reservation;

import java.time.Instant;
import menara.capacity.campus.Boundary;
import menara.capacity.events.Demand;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.ReservationId;
import menara.values.TenantId;

/** Ask for racks. */
record RequestReservation(
        ReservationId reservation, ContractId contract, TenantId tenant, Period period, Demand demand, Instant at) {

    /** Names must exist; whether they are free is not looked at yet. */
    public Boundary boundary() {
        return new Boundary.Layout();
    }
}
