package menara.eventstore.mongodb.commit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Set;
import org.axonframework.messaging.core.QualifiedName;
import org.bson.Document;
import org.bson.types.Binary;

/** An event as a document tree, for the few that are stored outside a log. */
public final class StoredEventDocuments {

    private StoredEventDocuments() {}

    public static Document of(StoredEvent event) {
        var text = EventCodec.asText(event.payload());
        var timestamp = event.timestamp();
        return new Document("id", event.id())
                .append("type", event.type().fullName())
                .append("rev", event.revision())
                .append("ts", timestamp.getEpochSecond())
                .append("ns", timestamp.getNano())
                .append("payload", text.<Object>map(found -> found).orElseGet(() -> new Binary(event.payload())))
                .append("meta", new Document(new HashMap<>(event.metadata())));
    }

    public static StoredEvent from(Document document) {
        var metadata = new HashMap<String, String>();
        document.get("meta", Document.class).forEach((key, value) -> metadata.put(key, value.toString()));
        return new StoredEvent(
                document.getString("id"),
                new QualifiedName(document.getString("type")),
                document.getString("rev"),
                Instant.ofEpochSecond(document.getLong("ts"), document.getInteger("ns")),
                document.get("payload") instanceof Binary binary
                        ? binary.getData()
                        : document.getString("payload").getBytes(StandardCharsets.UTF_8),
                metadata,
                Set.of());
    }
}
