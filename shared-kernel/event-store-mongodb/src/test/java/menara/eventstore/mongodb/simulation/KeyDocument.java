package menara.eventstore.mongodb.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import menara.eventstore.mongodb.commitlog.CommitFields;
import menara.eventstore.mongodb.commitlog.Committed;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/**
 * A commit of another kind than those of events: reports that were accepted together, at one place of one of several logs in a collection.
 *
 * @param place {@code log|n}
 * @param reports each as {@code key} or {@code key>superseded key}
 */
record KeyDocument(String place, UUID id, UUID previous, List<String> reports) implements Committed {

    static final Codec<KeyDocument> CODEC = new Codec<>() {
        @Override
        public Class<KeyDocument> getEncoderClass() {
            return KeyDocument.class;
        }

        @Override
        public void encode(BsonWriter writer, KeyDocument document, EncoderContext context) {
            writer.writeStartDocument();
            writer.writeString("_id", document.place());
            CommitFields.writeIdentity(writer, document);
            writer.writeStartArray("reports");
            document.reports().forEach(writer::writeString);
            writer.writeEndArray();
            writer.writeEndDocument();
        }

        @Override
        public KeyDocument decode(BsonReader reader, DecoderContext context) {
            var place = "";
            var id = NO_COMMIT;
            var previous = NO_COMMIT;
            var reports = new ArrayList<String>();
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                switch (reader.readName()) {
                    case "_id" -> place = reader.readString();
                    case CommitFields.ID -> id = CommitFields.readId(reader);
                    case CommitFields.PREVIOUS -> previous = CommitFields.readId(reader);
                    case "reports" -> {
                        reader.readStartArray();
                        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                            reports.add(reader.readString());
                        }
                        reader.readEndArray();
                    }
                    default -> reader.skipValue();
                }
            }
            reader.readEndDocument();
            return new KeyDocument(place, id, previous, reports);
        }
    };
}
