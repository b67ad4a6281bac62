package menara.values;

import java.util.Objects;
import java.util.UUID;

/** A reservation of capacity. */
public record ReservationId(UUID value) implements TypedId<UUID> {

    public ReservationId {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
