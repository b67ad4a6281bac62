package menara.embeddedmongodb;

import de.bwaldvogel.mongo.backend.KeyValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Objects;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;
import org.jspecify.annotations.Nullable;

/** Keys of unique indexes: the values of the indexed fields, numbers as doubles where that loses nothing. */
final class IndexKeyType extends BasicDataType<KeyValue> {

    private static final int BYTES_PER_KEY = 64;

    private final ObjectDataType values = new ObjectDataType();

    @Override
    public int getMemory(KeyValue key) {
        int bytes = BYTES_PER_KEY;
        for (var value : key) {
            bytes += value == null ? 0 : values.getMemory(value);
        }
        return bytes;
    }

    @Override
    public int compare(KeyValue one, KeyValue other) {
        int order = Integer.compare(one.size(), other.size());
        for (int i = 0; order == 0 && i < one.size(); i++) {
            order = compareValues(one.get(i), other.get(i));
        }
        return order;
    }

    private int compareValues(@Nullable Object one, @Nullable Object other) {
        int order = Integer.compare(rank(one), rank(other));
        if (order != 0 || Objects.equals(one, other)) {
            return order;
        }
        return switch (one) {
            case Double number when other instanceof Double another -> number.compareTo(another);
            case String text when other instanceof String another -> text.compareTo(another);
            case null, default -> values.compare(one, other);
        };
    }

    /** Values of different kinds are never equal; the order of the kinds does not matter. */
    private static int rank(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case Double _ -> 1;
            case String _ -> 2;
            default -> 3;
        };
    }

    @Override
    public void write(WriteBuffer into, KeyValue key) {
        into.putVarInt(key.size());
        for (var value : key) {
            into.put((byte) (value == null ? 0 : 1));
            if (value != null) {
                values.write(into, value);
            }
        }
    }

    @Override
    @SuppressWarnings("NullAway") // an index may hold a missing field as null
    public KeyValue read(ByteBuffer from) {
        int size = DataUtils.readVarInt(from);
        var read = new ArrayList<@Nullable Object>(size);
        for (int i = 0; i < size; i++) {
            read.add(from.get() == 0 ? null : values.read(from));
        }
        return new KeyValue(read);
    }

    @Override
    public KeyValue[] createStorage(int size) {
        return new KeyValue[size];
    }
}
