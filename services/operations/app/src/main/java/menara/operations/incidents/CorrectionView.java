package menara.operations.incidents;

import java.time.Instant;
import menara.operations.incidents.Correction.Version;
import org.jspecify.annotations.Nullable;

/**
 * A correction as a caller sees it. A tenant sees what changed for its own racks, and neither our notes nor what concerned others only.
 *
 * @param at when it was replaced
 * @param by who did it, by name; null for a tenant
 * @param reason why, a note of ours; null for a tenant
 * @param before what was recorded until then; null for a tenant that it did not concern
 * @param after what is recorded since; null for a tenant that it does not concern
 */
record CorrectionView(
        Instant at,
        @Nullable String by,
        @Nullable String reason,
        @Nullable Version before,
        @Nullable Version after) {

    static CorrectionView of(Correction correction) {
        return new CorrectionView(
                correction.at(), correction.by(), correction.reason(), correction.before(), correction.after());
    }
}
