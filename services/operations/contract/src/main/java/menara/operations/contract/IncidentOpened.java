package menara.operations.contract;

import java.time.Instant;
import java.util.List;
import menara.values.IncidentId;
import menara.values.PublishedEvent;
import menara.values.RackId;

/**
 * Something on the site does not work.
 *
 * @param incident the incident
 * @param severity 1 (worst) to 4
 * @param kind what it is: power, cooling, network, hardware, software or other
 * @param racks the racks that are down
 * @param startedAt when the outage began
 * @param at when it was opened
 */
@PublishedEvent(namespace = "menara.operations", name = "IncidentOpened", version = "1")
public record IncidentOpened(
        IncidentId incident, int severity, String kind, List<RackId> racks, Instant startedAt, Instant at) {}
