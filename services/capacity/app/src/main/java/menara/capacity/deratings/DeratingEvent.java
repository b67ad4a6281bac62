package menara.capacity.deratings;

import menara.capacity.boundary.CampusEvent;

/** An event that changes how much a node carries for a time. */
public sealed interface DeratingEvent extends CampusEvent permits PowerDerated, PowerRestored {}
