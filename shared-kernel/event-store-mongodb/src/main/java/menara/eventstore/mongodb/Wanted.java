package menara.eventstore.mongodb;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.Tag;

/** Which events of a commit a reader wants. */
final class Wanted {

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
                        ? question.criteria().stream()
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

    /** False if the event in these bytes is certainly not wanted, because the value of no tag asked for occurs in them. */
    boolean mayBeIn(byte[] packed) {
        return values.isEmpty() || values.stream().anyMatch(value -> contains(packed, value));
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int start = 0; start <= bytes.length - part.length; start++) {
            int matched = 0;
            while (matched < part.length && bytes[start + matched] == part[matched]) {
                matched++;
            }
            if (matched == part.length) {
                return true;
            }
        }
        return false;
    }
}
