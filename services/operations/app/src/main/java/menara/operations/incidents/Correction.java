package menara.operations.incidents;

import java.time.Instant;
import java.util.List;
import menara.values.Period;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of an outage was wrong, and was replaced.
 *
 * @param at when it was replaced
 * @param by who did it, by name; null for who is not to know
 * @param reason why
 * @param before what was recorded until then
 * @param after what is recorded since
 */
record Correction(Instant at, @Nullable String by, String reason, Version before, Version after) {

    /**
     * @param racks which were said to be down; for a tenant only those that were its own
     * @param outage for how long
     */
    record Version(List<RackId> racks, Period outage) {

        Version {
            racks = List.copyOf(racks);
        }
    }

    /** As a tenant may see it: its own racks, and nobody's name. */
    Correction with(List<RackId> visible) {
        return new Correction(at, null, reason, with(before, visible), with(after, visible));
    }

    private static Version with(Version version, List<RackId> visible) {
        return new Version(version.racks().stream().filter(visible::contains).toList(), version.outage());
    }
}
