package menara.eventstore.mongodb.processing;

import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import menara.eventstore.mongodb.LogIdentity;
import menara.eventstore.mongodb.LogRolledBack;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.ReplayToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The stored fields of a token: its position, the commit before it, which identifies the log, and when the processor began to read the log
 * from its start.
 */
final class TokenFields {

    private static final String POSITION = "position";
    private static final String WITNESS = "witness";
    private static final String BEGUN = "begun";

    private final LogIdentity log;
    private final Clock clock;

    /** Read from the claimed segments of a processor. */
    private final Map<String, Long> begun = new ConcurrentHashMap<>();

    TokenFields(LogIdentity log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** The processor begins to read the log now. */
    void begin(String processor) {
        begun.put(processor, clock.millis());
    }

    long begun(String processor) {
        return begun.getOrDefault(processor, 0L);
    }

    static long begun(Document stored) {
        return stored.get(BEGUN) instanceof Number at ? at.longValue() : 0;
    }

    static long positionOf(Document stored) {
        return stored.get(POSITION) instanceof Number position ? position.longValue() : 0;
    }

    /** The fields of a new document. */
    Document of(String processor, @Nullable TrackingToken token) {
        var document = new Document(BEGUN, begun(processor));
        if (token != null) {
            long position = position(token);
            document.append(POSITION, position);
            witness(processor, position).ifPresent(seen -> document.append(WITNESS, seen));
        }
        return document;
    }

    /** The fields of an existing document. */
    List<Bson> updates(String processor, @Nullable TrackingToken token) {
        var updates = new ArrayList<Bson>();
        if (token instanceof ReplayToken) {
            updates.add(Updates.max(BEGUN, clock.millis()));
        }
        if (token == null) {
            updates.add(Updates.unset(POSITION));
            updates.add(Updates.unset(WITNESS));
        } else {
            long position = position(token);
            updates.add(set(POSITION, position));
            updates.add(witness(processor, position)
                    .map(seen -> set(WITNESS, seen))
                    .orElseGet(() -> Updates.unset(WITNESS)));
        }
        return updates;
    }

    /**
     * A token of two merged segments counts as the slower one's, and a replay token as the position of the replay: an event that is handled
     * again changes nothing.
     */
    private static long position(TrackingToken token) {
        return token.position()
                .orElseThrow(
                        () -> new IllegalArgumentException("a token without a position cannot be stored: " + token));
    }

    /**
     * Identifies the log of the token, so that a rollback is noticed later; empty at the beginning of the log.
     *
     * @throws UnableToClaimTokenException if the log shows no commit before the position: it was rolled back, or a newly elected primary
     * does not show it yet
     */
    private Optional<Document> witness(String processor, long position) {
        var seen = log.before(position);
        if (seen.isEmpty() && position > 0) {
            throw new UnableToClaimTokenException(
                    "the log shows no commit before position %d, to which processor %s has come"
                            .formatted(position, processor));
        }
        return seen.map(WitnessDocument::of);
    }

    /** When the processor of a claimed segment began. */
    void learn(String processor, Document claimed) {
        if (claimed.get(BEGUN) instanceof Number at) {
            begun.merge(processor, at.longValue(), Math::max);
        }
    }

    /**
     * The token of a claimed segment; null if there is none yet.
     *
     * @throws LogRolledBack if the log no longer holds what the processor has handled
     */
    @Nullable
    TrackingToken token(String processor, int segment, Document claimed) {
        var position = claimed.get(POSITION, Number.class);
        if (position == null) {
            return null;
        }
        var witness = claimed.get(WITNESS, Document.class);
        if (witness != null) {
            var seen = WitnessDocument.from(witness);
            if (!log.holds(seen)) {
                throw new LogRolledBack(processor, segment, seen);
            }
        }
        return new GlobalSequenceTrackingToken(position.longValue());
    }
}
