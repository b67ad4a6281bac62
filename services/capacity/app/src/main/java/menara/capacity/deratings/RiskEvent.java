package menara.capacity.deratings;

import menara.capacity.boundary.CampusEvent;
import menara.values.ReservationId;

/** What is found of a commitment when power is lost or comes back. It changes neither the campus nor the commitment. */
public sealed interface RiskEvent extends CampusEvent permits ReservationAtRisk, ReservationNoLongerAtRisk {

    ReservationId reservation();
}
