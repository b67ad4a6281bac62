package menara.operations.contract;

import java.time.Instant;
import java.util.List;
import menara.values.IncidentId;
import menara.values.Period;
import menara.values.PublishedEvent;
import menara.values.RackId;

/**
 * The record of a resolved incident was wrong; this replaces its racks and its outage.
 *
 * @param incident the incident
 * @param severity 1 (worst) to 4
 * @param racks the racks that were down
 * @param outage how long they were down
 * @param revision grows with each correction; the resolution itself is 1
 * @param at when it was corrected
 */
@PublishedEvent(namespace = "menara.operations", name = "IncidentCorrected", version = "1")
public record IncidentCorrected(
        IncidentId incident, int severity, List<RackId> racks, Period outage, long revision, Instant at) {}
