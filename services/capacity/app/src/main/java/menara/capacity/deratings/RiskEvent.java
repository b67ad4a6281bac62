package menara.capacity.deratings;

import menara.capacity.boundary.CampusEvent;
import menara.values.ReservationId;

/** A finding about a commitment after power was lost or restored. It changes neither the campus nor the commitment. */
public sealed interface RiskEvent extends CampusEvent permits ReservationAtRisk, ReservationNoLongerAtRisk {

    ReservationId reservation();
}
