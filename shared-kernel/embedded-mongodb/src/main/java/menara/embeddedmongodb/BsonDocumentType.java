package menara.embeddedmongodb;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Map;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Documents as values of an H2 map, stored as BSON. */
final class BsonDocumentType extends BasicDataType<Document> {

    private static final int INITIAL_BYTES = 512;
    private static final int BYTES_PER_ENTRY = 48;
    private static final int BYTES_PER_VALUE = 24;

    /** An estimate in bytes of heap, by which H2 bounds its cache and splits its pages. */
    @Override
    public int getMemory(Document document) {
        return memory(document);
    }

    private static int memory(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.values().stream()
                        .mapToInt(entry -> BYTES_PER_ENTRY + memory(entry))
                        .sum();
            case Collection<?> list ->
                list.stream().mapToInt(BsonDocumentType::memory).sum() + BYTES_PER_VALUE;
            case String text -> BYTES_PER_VALUE + text.length();
            case BinData binary -> BYTES_PER_VALUE + binary.getData().length;
            case null, default -> BYTES_PER_VALUE;
        };
    }

    @Override
    public void write(WriteBuffer into, Document document) {
        ByteBuf bson = Unpooled.buffer(INITIAL_BYTES);
        BsonEncoder.encodeDocument(document, bson);
        into.put(bson.nioBuffer());
    }

    @Override
    public Document read(ByteBuffer from) {
        // BSON begins with its own length.
        int length = from.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt();
        var document = BsonDecoder.decodeBson(Unpooled.wrappedBuffer(from.slice(from.position(), length)));
        from.position(from.position() + length);
        return document;
    }

    @Override
    public Document[] createStorage(int size) {
        return new Document[size];
    }
}
