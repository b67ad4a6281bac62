package menara.eventstore.mongodb.commit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import menara.eventstore.mongodb.EventEvolution;
import org.axonframework.messaging.eventstreaming.Tag;
import org.bson.BsonBinary;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the events of a commit, each a document or the bytes of one, in their present form. Payloads that are UTF-8 text are
 * stored as text, so that a person can read them in a shell; others as binary.
 */
final class EventCodec {

    private static final char REPLACEMENT = '\uFFFD';

    private static final int PACKED_BYTES = 512;

    private final EventEvolution evolution;
    private final SharedNames names = new SharedNames();

    EventCodec(EventEvolution evolution) {
        this.evolution = evolution;
    }

    /** The bytes of an event. */
    static byte[] packed(StoredEvent event) {
        try (var buffer = new BasicOutputBuffer(PACKED_BYTES);
                var writer = new BsonBinaryWriter(buffer)) {
            write(writer, event);
            return buffer.toByteArray();
        }
    }

    static void write(BsonWriter writer, StoredEvent event) {
        writer.writeStartDocument();
        writer.writeString("id", event.id());
        writer.writeString("type", event.type().fullName());
        writer.writeString("rev", event.revision());
        var timestamp = event.timestamp();
        writer.writeInt64("ts", timestamp.getEpochSecond());
        writer.writeInt32("ns", timestamp.getNano());
        // Type and tags before the payload, so that a reader who does not want the event can skip the rest of it.
        writer.writeStartArray("tags");
        for (var tag : event.tags()) {
            writer.writeString(tag.key());
            writer.writeString(tag.value());
        }
        writer.writeEndArray();
        writePayload(writer, event.payload());
        if (!event.metadata().isEmpty()) {
            writer.writeStartDocument("meta");
            event.metadata().forEach(writer::writeString);
            writer.writeEndDocument();
        }
        writer.writeEndDocument();
    }

    private static void writePayload(BsonWriter writer, byte[] payload) {
        asText(payload)
                .ifPresentOrElse(
                        text -> writer.writeString("payload", text),
                        () -> writer.writeBinaryData("payload", new BsonBinary(payload)));
    }

    /** The payload as text, if it is UTF-8 text that comes back byte for byte. */
    static Optional<String> asText(byte[] payload) {
        var text = new String(payload, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? Optional.of(text) : Optional.empty();
    }

    /** @return null if the event is not wanted */
    @Nullable
    StoredEvent read(BsonReader reader, Wanted wanted) {
        if (reader.getCurrentBsonType() != BsonType.BINARY) {
            return readDocument(reader, wanted);
        }
        var bytes = reader.readBinaryData().getData();
        if (!wanted.mayBeIn(bytes)) {
            return null;
        }
        try (var packed = new BsonBinaryReader(ByteBuffer.wrap(bytes))) {
            return readDocument(packed, wanted);
        }
    }

    private @Nullable StoredEvent readDocument(BsonReader reader, Wanted wanted) {
        String id = "";
        String type = "";
        String revision = "";
        long seconds = 0;
        int nanos = 0;
        byte[] payload = {};
        Map<String, String> metadata = Map.of();
        Set<Tag> tags = Set.of();
        boolean skip = false;
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            if (skip) {
                reader.skipName();
                reader.skipValue();
                continue;
            }
            switch (reader.readName()) {
                case "id" -> id = reader.readString();
                case "type" -> type = reader.readString();
                case "rev" -> revision = reader.readString();
                case "ts" -> seconds = reader.readInt64();
                case "ns" -> nanos = reader.readInt32();
                case "tags" -> {
                    tags = readTags(reader);
                    // The type of an evolved event is known only with its payload.
                    skip = !type.isEmpty() && !evolution.lifts(type, revision) && !wanted.test(names.type(type), tags);
                }
                case "payload" -> payload = readPayload(reader);
                case "meta" -> metadata = readMetadata(reader);
                default -> reader.skipValue();
            }
        }
        reader.readEndDocument();
        if (skip) {
            return null;
        }
        var present = evolution.present(new EventEvolution.Form(new EventEvolution.Version(type, revision), payload));
        var name = names.type(present.version().type());
        return wanted.test(name, tags)
                ? new StoredEvent(
                        id,
                        name,
                        present.version().revision(),
                        Instant.ofEpochSecond(seconds, nanos),
                        present.payload(),
                        metadata,
                        tags)
                : null;
    }

    private static byte[] readPayload(BsonReader reader) {
        return reader.getCurrentBsonType() == BsonType.STRING
                ? reader.readString().getBytes(StandardCharsets.UTF_8)
                : reader.readBinaryData().getData();
    }

    private Map<String, String> readMetadata(BsonReader reader) {
        var metadata = new HashMap<String, String>();
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            metadata.put(names.shared(reader.readName()), reader.readString());
        }
        reader.readEndDocument();
        return Map.copyOf(metadata);
    }

    private Set<Tag> readTags(BsonReader reader) {
        var tags = new ArrayList<Tag>(4);
        reader.readStartArray();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            tags.add(new Tag(names.shared(reader.readString()), next(reader)));
        }
        reader.readEndArray();
        return Set.copyOf(tags); // smaller than a hash set, and these are many
    }

    private static String next(BsonReader reader) {
        reader.readBsonType();
        return reader.readString();
    }
}
