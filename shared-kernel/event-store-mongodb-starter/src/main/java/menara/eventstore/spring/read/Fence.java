package menara.eventstore.spring.read;

import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Updates.set;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.bson.conversions.Bson;

/**
 * Keeps a worker that was overtaken from writing older facts over newer ones. Each document stores, for every processor and sequence that
 * writes it, the last event written; a write of an earlier event is refused. A worker that wakes up after it lost its claim cannot undo the
 * writes of its successor, without reliance on clocks or claims.
 *
 * @param sequence sequence of the processor, as a field name; field {@value #SEEN} of the document holds its last event
 * @param mark of the event: when the processor began with the log, and the event's position, as text that sorts like them
 */
public record Fence(String sequence, String mark) {

    /** Field of a document that holds its marks; queries ignore it. */
    static final String SEEN = "seen";

    /** Key of an event's position in its metadata, from when it is read until it is handled, parked or not. */
    public static final String POSITION = "position";

    /** Length of a digest; enough that no two sequences of a document share a name. */
    private static final int NAME_BYTES = 12;

    /**
     * @param begun when the processor began to read its log from the start, in milliseconds since 1970: a read model that is projected
     * again overwrites earlier writes
     * @return empty for an event whose position is not known any more
     */
    public static Optional<Fence> of(String processor, String sequence, long begun, EventMessage event) {
        return Optional.ofNullable(event.metadata().get(POSITION))
                .map(position -> new Fence(
                        name(processor, sequence),
                        String.format(Locale.ROOT, "%013d.%019d", begun, Long.parseLong(position))));
    }

    /** A sequence may be any text, a field's name may not. */
    private static String name(String processor, String sequence) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((processor + "/" + sequence).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(java.util.Arrays.copyOf(digest, NAME_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Matches documents without a later event of the sequence. */
    Bson passes() {
        return not(gt(field(), mark));
    }

    Bson remember() {
        return set(field(), mark);
    }

    private String field() {
        return SEEN + "." + sequence;
    }
}
