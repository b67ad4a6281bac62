package menara.billing.contracts;

import java.util.UUID;
import menara.values.TypedId;

/** Identifies a change of a contract. The same request repeated has the same id and changes nothing more. */
public record ChangeId(UUID value) implements TypedId<UUID> {

    @Override
    public String toString() {
        return value.toString();
    }
}
