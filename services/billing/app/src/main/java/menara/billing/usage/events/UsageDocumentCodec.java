package menara.billing.usage.events;

import java.util.UUID;
import menara.eventstore.mongodb.commitlog.CommitFields;
import menara.eventstore.mongodb.commitlog.Committed;
import org.bson.BsonBinary;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.types.Binary;

/** {@code {_id: "partition|n", v, cid, prev, at, count, events, closes}}, {@code closes} only in the last one of a partition. */
public final class UsageDocumentCodec implements Codec<UsageDocument> {

    /** A reader that meets a later version stops, because it may not understand its events. */
    static final int FORMAT = 1;

    private static final Binary NO_EVENTS = new Binary(new byte[0]);

    @Override
    public Class<UsageDocument> getEncoderClass() {
        return UsageDocument.class;
    }

    @Override
    public void encode(BsonWriter writer, UsageDocument document, EncoderContext context) {
        writer.writeStartDocument();
        writer.writeString("_id", document.place());
        writer.writeInt32(CommitFields.FORMAT, FORMAT);
        CommitFields.writeIdentity(writer, document);
        writer.writeInt64("at", document.at());
        writer.writeInt32("count", document.count());
        writer.writeBinaryData("events", new BsonBinary(document.events().getData()));
        if (document.closes()) {
            writer.writeBoolean("closes", true);
        }
        writer.writeEndDocument();
    }

    @Override
    public UsageDocument decode(BsonReader reader, DecoderContext context) {
        String place = "";
        UUID id = Committed.NO_COMMIT;
        UUID previous = Committed.NO_COMMIT;
        long at = 0;
        int count = 0;
        Binary events = NO_EVENTS;
        boolean closes = false;
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            switch (reader.readName()) {
                case "_id" -> place = reader.readString(); // the server puts it first
                case CommitFields.FORMAT -> CommitFields.readFormat(reader, place, FORMAT);
                case CommitFields.ID -> id = CommitFields.readId(reader);
                case CommitFields.PREVIOUS -> previous = CommitFields.readId(reader);
                case "at" -> at = reader.readInt64();
                case "count" -> count = reader.readInt32();
                case "events" -> events = new Binary(reader.readBinaryData().getData());
                case "closes" -> closes = reader.readBoolean();
                default -> reader.skipValue();
            }
        }
        reader.readEndDocument();
        return new UsageDocument(place, id, previous, at, count, events, closes);
    }
}
