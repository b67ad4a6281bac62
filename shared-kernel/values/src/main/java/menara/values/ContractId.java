package menara.values;

import java.util.Objects;
import java.util.UUID;

/** A tenant's contract. */
public record ContractId(UUID value) implements TypedId<UUID> {

    public ContractId {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
