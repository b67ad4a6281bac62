package menara.eventstore.mongodb.commitlog;

import java.util.UUID;
import menara.eventstore.mongodb.UnknownFormat;
import org.bson.BsonBinary;
import org.bson.BsonReader;
import org.bson.BsonWriter;

/** The fields that every commit's document has. */
public final class CommitFields {

    /** The format that is written. A commit without a number is from before there were numbers, and is read like the first format. */
    public static final String FORMAT = "v";

    public static final String ID = "cid";

    public static final String PREVIOUS = "prev";

    private CommitFields() {}

    public static void writeIdentity(BsonWriter writer, Committed commit) {
        writer.writeBinaryData(ID, new BsonBinary(commit.id()));
        if (!commit.previous().equals(Committed.NO_COMMIT)) {
            writer.writeBinaryData(PREVIOUS, new BsonBinary(commit.previous()));
        }
    }

    public static UUID readId(BsonReader reader) {
        return reader.readBinaryData().asUuid();
    }

    /**
     * Reads the format, before the rest is interpreted.
     *
     * @param known the latest that this version knows
     * @throws UnknownFormat if it is a later one
     */
    public static void readFormat(BsonReader reader, Object place, int known) {
        int format = reader.readInt32();
        if (format > known) {
            throw new UnknownFormat(place, format, known);
        }
    }
}
