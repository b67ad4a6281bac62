package menara.eventstore.mongodb.commit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.LogIdentity.Witness;
import menara.eventstore.mongodb.commitlog.CommitFields;
import org.axonframework.messaging.eventstreaming.Tag;
import org.bson.BsonBinary;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads commit documents field by field, without a document tree between: it is the hottest code of the store.
 * Payloads that are UTF-8 text are stored as text, so that a person can read them in a shell; others as binary.
 *
 * <p>An event is a document in its commit, or the bytes of that document (packed): a server that builds a tree of objects of
 * everything it is sent handles an event as one value then. Either is read.
 */
public final class CommitCodec implements Codec<Commit> {

    /** The form of what is written. */
    public static final int FORMAT = 1;

    private static final char REPLACEMENT = '\uFFFD';

    /** Of a commit that says none. */
    private static final long NO_PROGRESS = -1;

    private static final int PACKED_BYTES = 512;

    private final EventEvolution evolution;
    private final boolean packs;
    private final SharedNames names = new SharedNames();

    /** @param packs whether events are written as bytes */
    public CommitCodec(EventEvolution evolution, boolean packs) {
        this.evolution = evolution;
        this.packs = packs;
    }

    @Override
    public Class<Commit> getEncoderClass() {
        return Commit.class;
    }

    @Override
    public void encode(BsonWriter writer, Commit commit, EncoderContext context) {
        writer.writeStartDocument();
        writer.writeInt64("_id", commit.position());
        writer.writeInt32(CommitFields.FORMAT, FORMAT);
        writer.writeInt32("n", commit.events().size());
        CommitFields.writeIdentity(writer, commit);
        writer.writeDateTime("at", commit.at().toEpochMilli());
        if (commit.translated() != null) {
            commit.translated().write(writer);
        }
        writeTags(writer, commit.events());
        writer.writeStartArray("events");
        if (packs) {
            var packed = commit.packed().isEmpty() ? pack(commit.events()) : commit.packed();
            packed.forEach(bytes -> writer.writeBinaryData(new BsonBinary(bytes)));
        } else {
            commit.events().forEach(event -> write(writer, event));
        }
        writer.writeEndArray();
        writer.writeEndDocument();
    }

    /** The bytes of each event if this codec packs; whoever makes them early spares the thread that writes for all. */
    public List<byte[]> pack(List<StoredEvent> events) {
        return packs ? events.stream().map(CommitCodec::packed).toList() : List.of();
    }

    private static byte[] packed(StoredEvent event) {
        try (var buffer = new BasicOutputBuffer(PACKED_BYTES);
                var writer = new BsonBinaryWriter(buffer)) {
            write(writer, event);
            return buffer.toByteArray();
        }
    }

    /** Tags of the whole commit, for the index of a real MongoDB. */
    private static void writeTags(BsonWriter writer, List<StoredEvent> events) {
        Set<String> tags = new LinkedHashSet<>();
        events.forEach(event -> event.tags().forEach(tag -> tags.add(text(tag))));
        writer.writeStartArray("tags");
        tags.forEach(writer::writeString);
        writer.writeEndArray();
    }

    public static String text(Tag tag) {
        return tag.key() + "=" + tag.value();
    }

    private static void write(BsonWriter writer, StoredEvent event) {
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

    @Override
    public Commit decode(BsonReader reader, DecoderContext context) {
        long position = 0;
        UUID id = Commit.NO_COMMIT;
        UUID previous = Commit.NO_COMMIT;
        Instant at = Instant.EPOCH;
        long progress = NO_PROGRESS;
        Witness witness = null;
        List<StoredEvent> events = List.of();
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            switch (reader.readName()) {
                case "_id" -> position = reader.readInt64(); // the server puts it first
                case CommitFields.FORMAT -> CommitFields.readFormat(reader, position, FORMAT);
                case CommitFields.ID -> id = CommitFields.readId(reader);
                case CommitFields.PREVIOUS -> previous = CommitFields.readId(reader);
                case "at" -> at = Instant.ofEpochMilli(reader.readDateTime());
                case Translated.PROGRESS -> progress = reader.readInt64();
                case Translated.WITNESS -> witness = Translated.readWitness(reader);
                case "events" -> events = readEvents(reader);
                default -> reader.skipValue();
            }
        }
        reader.readEndDocument();
        var translated = progress == NO_PROGRESS ? null : new Translated(progress, Optional.ofNullable(witness));
        return new Commit(position, id, previous, at, translated, events);
    }

    private List<StoredEvent> readEvents(BsonReader reader) {
        var events = new ArrayList<StoredEvent>();
        reader.readStartArray();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            var event = readEvent(reader, Wanted.ALL);
            if (event != null) {
                events.add(event);
            }
        }
        reader.readEndArray();
        return events;
    }

    /** Reads a commit for the events of it that answer the question. */
    Matches decodeMatching(BsonReader reader, Question question) {
        long position = 0;
        int size = 0;
        List<Positioned> events = List.of();
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            switch (reader.readName()) {
                case "_id" -> position = reader.readInt64();
                case CommitFields.FORMAT -> CommitFields.readFormat(reader, position, FORMAT);
                case "n" -> size = reader.readInt32();
                case "events" -> events = readMatching(reader, position, question);
                default -> reader.skipValue();
            }
        }
        reader.readEndDocument();
        return new Matches(position, size, events);
    }

    private List<Positioned> readMatching(BsonReader reader, long first, Question question) {
        var wanted = Wanted.by(question);
        var events = new ArrayList<Positioned>();
        long position = first;
        reader.readStartArray();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            if (position < question.from() || position >= question.until()) {
                reader.skipValue();
            } else {
                var event = readEvent(reader, wanted);
                if (event != null) {
                    events.add(new Positioned(position, event));
                }
            }
            position++;
        }
        reader.readEndArray();
        return events;
    }

    /** @return null if the event is not wanted */
    private @Nullable StoredEvent readEvent(BsonReader reader, Wanted wanted) {
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
                    // What an evolved event is, its step tells only with the payload.
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
