package menara.investment.calls;

import java.util.Objects;
import java.util.UUID;
import menara.values.TypedId;

/** One payment that a partner made for a call. */
public record ContributionId(UUID value) implements TypedId<UUID> {

    public ContributionId {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
