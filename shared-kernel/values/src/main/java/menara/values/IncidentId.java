package menara.values;

import java.util.Objects;
import java.util.UUID;

/** An incident on the site. */
public record IncidentId(UUID value) implements TypedId<UUID> {

    public IncidentId {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
