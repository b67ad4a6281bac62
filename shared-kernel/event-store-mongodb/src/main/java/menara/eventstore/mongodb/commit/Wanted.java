package menara.eventstore.mongodb.commit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.Tag;

/** Which events of a commit a reader wants. */
final class Wanted {

    private static final VarHandle LITTLE_ENDIAN_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte STRING = 0x02;
    private static final byte ARRAY = 0x04;
    private static final byte INT32 = 0x10;
    private static final byte INT64 = 0x12;

    static final Wanted ALL = new Wanted((_, _) -> true, List.of());

    private final BiPredicate<QualifiedName, Set<Tag>> test;
    private final List<byte[]> values;

    private Wanted(BiPredicate<QualifiedName, Set<Tag>> test, List<byte[]> values) {
        this.test = test;
        this.values = values;
    }

    static Wanted by(Question question) {
        return new Wanted(
                question::wants,
                question.byTag()
                        ? question.criteria().alternatives().stream()
                                .map(criterion -> longestValue(criterion.tags()))
                                .distinct()
                                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                                .toList()
                        : List.of());
    }

    private static String longestValue(Set<Tag> tags) {
        return tags.stream()
                .map(Tag::value)
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
    }

    boolean test(QualifiedName type, Set<Tag> tags) {
        return test.test(type, tags);
    }

    /** False if the event in these bytes cannot be wanted, because it has none of the tags asked for. */
    boolean mayBeIn(byte[] packed) {
        if (values.isEmpty()) {
            return true;
        }
        int from = tagsIn(packed);
        int until = from + lengthAt(packed, from);
        return values.stream().anyMatch(value -> contains(packed, from, until, value));
    }

    /** The offset of the array of tags, which comes before the payload. Walks over BSON elements without decoding them. */
    private static int tagsIn(byte[] document) {
        int at = Integer.BYTES; // its length
        while (true) {
            byte type = document[at];
            do {
                at++;
            } while (document[at] != 0); // the element's name
            at++;
            switch (type) {
                case ARRAY -> {
                    return at;
                }
                case STRING -> at += Integer.BYTES + lengthAt(document, at);
                case INT64 -> at += Long.BYTES;
                case INT32 -> at += Integer.BYTES;
                default -> throw new IllegalStateException("BSON type %d before the tags of an event".formatted(type));
            }
        }
    }

    private static int lengthAt(byte[] document, int at) {
        return (int) LITTLE_ENDIAN_INT.get(document, at);
    }

    private static boolean contains(byte[] bytes, int from, int until, byte[] part) {
        for (int start = from; start <= until - part.length; start++) {
            if (Arrays.equals(bytes, start, start + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
