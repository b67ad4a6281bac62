package menara.billing.drafting;

import java.util.UUID;
import menara.values.TypedId;

/** Identifies a credit note. The same request repeated has the same id and takes nothing more back. */
public record NoteId(UUID value) implements TypedId<UUID> {

    @Override
    public String toString() {
        return value.toString();
    }
}
