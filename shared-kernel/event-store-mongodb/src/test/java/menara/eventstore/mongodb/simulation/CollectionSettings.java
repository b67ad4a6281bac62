package menara.eventstore.mongodb.simulation;

import com.mongodb.ReadConcern;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonDocumentWriter;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;

/** How a collection is asked, and how its documents become objects. */
record CollectionSettings(CodecRegistry codecs, long timeoutNanos, ReadConcern concern) {

    private static final DecoderContext DECODING = DecoderContext.builder().build();
    private static final EncoderContext ENCODING = EncoderContext.builder().build();

    CollectionSettings withCodecs(CodecRegistry chosen) {
        return new CollectionSettings(chosen, timeoutNanos, concern);
    }

    CollectionSettings withTimeout(long timeout, TimeUnit unit) {
        return new CollectionSettings(codecs, unit.toNanos(timeout), concern);
    }

    CollectionSettings with(ReadConcern chosen) {
        return new CollectionSettings(codecs, timeoutNanos, chosen);
    }

    BsonDocument document(Object filterOrUpdate) {
        return ((Bson) filterOrUpdate).toBsonDocument(BsonDocument.class, codecs);
    }

    <T> BsonDocument encoded(T value, Class<T> type) {
        var document = new BsonDocument();
        codecs.get(type).encode(new BsonDocumentWriter(document), value, ENCODING);
        return document;
    }

    <T> T decoded(BsonDocument document, Class<T> type) {
        return codecs.get(type).decode(new BsonDocumentReader(document), DECODING);
    }
}
