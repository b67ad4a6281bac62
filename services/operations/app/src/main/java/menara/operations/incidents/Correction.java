package menara.operations.incidents;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.values.Period;
import menara.values.RackId;

/**
 * What was recorded of an outage was wrong, and was replaced.
 *
 * @param at when it was replaced
 * @param by who did it, by name
 * @param reason why
 * @param before what was recorded until then
 * @param after what is recorded since
 * @param step which step this was
 */
record Correction(Instant at, String by, String reason, Version before, Version after, UUID step) {

    /**
     * @param racks which were said to be down; for a tenant only those that were its own at that time
     * @param outage for how long
     */
    record Version(List<RackId> racks, Period outage) {

        Version {
            racks = List.copyOf(racks);
        }
    }
}
