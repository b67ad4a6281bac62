package menara.operations.contract;

import java.time.Instant;
import java.util.List;
import menara.values.IncidentId;
import menara.values.Period;
import menara.values.PublishedEvent;
import menara.values.RackId;

/**
 * An incident's racks work again.
 *
 * @param incident the incident
 * @param severity 1 (worst) to 4
 * @param racks the racks that were down
 * @param outage how long they were down
 * @param at when it was resolved
 */
@PublishedEvent(namespace = "menara.operations", name = "IncidentResolved", version = "1")
public record IncidentResolved(IncidentId incident, int severity, List<RackId> racks, Period outage, Instant at) {}
