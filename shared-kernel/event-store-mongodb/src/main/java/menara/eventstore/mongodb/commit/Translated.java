package menara.eventstore.mongodb.commit;

import java.util.Optional;
import java.util.UUID;
import menara.eventstore.mongodb.LogIdentity.Witness;
import menara.eventstore.mongodb.commitlog.CommitFields;
import org.bson.BsonBinary;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;

/**
 * How far a published log has translated its private log.
 *
 * @param progress position of the private log up to which all is published
 * @param witness the commit of the private log before the position, which identifies the log; empty at its beginning, and if it was not
 * recorded
 */
public record Translated(long progress, Optional<Witness> witness) {

    static final String PROGRESS = "progress";
    static final String WITNESS = "witness";

    private static final String POSITION = "position";

    void write(BsonWriter writer) {
        writer.writeInt64(PROGRESS, progress);
        witness.ifPresent(seen -> {
            writer.writeStartDocument(WITNESS);
            writer.writeInt64(POSITION, seen.position());
            writer.writeBinaryData(CommitFields.ID, new BsonBinary(seen.id()));
            writer.writeEndDocument();
        });
    }

    static Witness readWitness(BsonReader reader) {
        long position = 0;
        UUID id = Commit.NO_COMMIT;
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            switch (reader.readName()) {
                case POSITION -> position = reader.readInt64();
                case CommitFields.ID -> id = CommitFields.readId(reader);
                default -> reader.skipValue();
            }
        }
        reader.readEndDocument();
        return new Witness(position, id);
    }
}
