package menara.capacity.deratings;

import menara.capacity.boundary.CampusEvent;

/** What changes how much a node carries for a time. */
public sealed interface DeratingEvent extends CampusEvent permits PowerDerated, PowerRestored {}
