package menara.billing.catalogue;

import java.util.UUID;
import menara.values.TypedId;

/** Identifies the publication of a version. The same request repeated has the same id and publishes nothing more. */
public record PublicationId(UUID value) implements TypedId<UUID> {

    @Override
    public String toString() {
        return value.toString();
    }
}
