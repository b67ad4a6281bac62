package menara.eventstore.mongodb.processing;

import java.util.UUID;
import menara.eventstore.mongodb.LogIdentity.Witness;
import org.bson.Document;

/** {@code {position, cid}}: the commit before a stored position. */
final class WitnessDocument {

    private WitnessDocument() {}

    static Document of(Witness witness) {
        return new Document("position", witness.position())
                .append("cid", witness.id().toString());
    }

    static Witness from(Document stored) {
        return new Witness(stored.get("position", Number.class).longValue(), UUID.fromString(stored.getString("cid")));
    }
}
