package menara.investment.accounts;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import menara.platform.web.InvalidField;

/** The second time of every projection: as known on which instant. */
public final class KnownOn {

    private KnownOn() {}

    /** @throws InvalidField if it lies in the future, of which nothing is known */
    public static Instant of(Optional<Instant> asOf, Clock clock) {
        var now = clock.instant();
        asOf.filter(now::isBefore).ifPresent(future -> {
            throw new InvalidField("asOf", "must not lie in the future, was %s at %s".formatted(future, now));
        });
        return asOf.orElse(now);
    }
}
