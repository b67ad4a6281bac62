package menara.values;

import java.util.Objects;
import java.util.UUID;

/** A call of capital on the partners. */
public record CapitalCallId(UUID value) implements TypedId<UUID> {

    public CapitalCallId {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
