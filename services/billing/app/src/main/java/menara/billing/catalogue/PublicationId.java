package menara.billing.catalogue;

import java.util.UUID;
import menara.values.TypedId;

/** The publication of a version, as it was asked for once: the same request repeated has the same id and publishes nothing more. */
public record PublicationId(UUID value) implements TypedId<UUID> {

    @Override
    public String toString() {
        return value.toString();
    }
}
