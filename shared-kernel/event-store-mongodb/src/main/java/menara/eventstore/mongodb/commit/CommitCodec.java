package menara.eventstore.mongodb.commit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.LogIdentity.Witness;
import menara.eventstore.mongodb.commitlog.CommitFields;
import org.axonframework.messaging.eventstreaming.Tag;
import org.bson.BsonBinary;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/**
 * Writes and reads commit documents field by field, without a document tree: it is the hottest code of the store.
 *
 * <p>An event is a document in its commit, or the bytes of that document (packed), so that a server that builds object trees handles an
 * event as one value. Both forms can be read.
 */
public final class CommitCodec implements Codec<Commit> {

    /** The format that is written. */
    public static final int FORMAT = 1;

    /** The format of a commit that names none. */
    private static final long NO_PROGRESS = -1;

    private final EventCodec events;
    private final boolean packs;

    /** @param packs whether events are written as bytes */
    public CommitCodec(EventEvolution evolution, boolean packs) {
        this.events = new EventCodec(evolution);
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
            commit.events().forEach(event -> EventCodec.write(writer, event));
        }
        writer.writeEndArray();
        writer.writeEndDocument();
    }

    /** The bytes of each event if this codec packs; encoding them early spares the thread that writes for all. */
    public List<byte[]> pack(List<StoredEvent> events) {
        return packs ? events.stream().map(EventCodec::packed).toList() : List.of();
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

    @Override
    public Commit decode(BsonReader reader, DecoderContext context) {
        long position = 0;
        UUID id = Commit.NO_COMMIT;
        UUID previous = Commit.NO_COMMIT;
        Instant at = Instant.EPOCH;
        long progress = NO_PROGRESS;
        Witness witness = null;
        List<StoredEvent> found = List.of();
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
                case "events" -> found = readEvents(reader);
                default -> reader.skipValue();
            }
        }
        reader.readEndDocument();
        var translated = progress == NO_PROGRESS ? null : new Translated(progress, Optional.ofNullable(witness));
        return new Commit(position, id, previous, at, translated, found);
    }

    private List<StoredEvent> readEvents(BsonReader reader) {
        var found = new ArrayList<StoredEvent>();
        reader.readStartArray();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            var event = events.read(reader, Wanted.ALL);
            if (event != null) {
                found.add(event);
            }
        }
        reader.readEndArray();
        return found;
    }

    /** Reads the events of a commit that match the question. */
    Matches decodeMatching(BsonReader reader, Question question) {
        long position = 0;
        int size = 0;
        List<Positioned> found = List.of();
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            switch (reader.readName()) {
                case "_id" -> position = reader.readInt64();
                case CommitFields.FORMAT -> CommitFields.readFormat(reader, position, FORMAT);
                case "n" -> size = reader.readInt32();
                case "events" -> found = readMatching(reader, position, question);
                default -> reader.skipValue();
            }
        }
        reader.readEndDocument();
        return new Matches(position, size, found);
    }

    private List<Positioned> readMatching(BsonReader reader, long first, Question question) {
        var wanted = Wanted.by(question);
        var found = new ArrayList<Positioned>();
        long position = first;
        reader.readStartArray();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            if (position < question.from() || position >= question.until()) {
                reader.skipValue();
            } else {
                var event = events.read(reader, wanted);
                if (event != null) {
                    found.add(new Positioned(position, event));
                }
            }
            position++;
        }
        reader.readEndArray();
        return found;
    }
}
