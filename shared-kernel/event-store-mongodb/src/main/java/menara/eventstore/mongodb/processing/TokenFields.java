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
 * What is stored of a token: its position, the commit that it points behind, by which the log is known again, and when the processor began to
 * read the log from its start.
 */
final class TokenFields {

    private static final String POSITION = "position";
    private static final String WITNESS = "witness";
    private static final String BEGUN = "begun";

    private final LogIdentity log;
    private final Clock clock;

    /** As the claimed segments of a processor say it. */
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

    /** Of a new document. */
    Document of(String processor, @Nullable TrackingToken token) {
        var document = new Document(BEGUN, begun(processor));
        if (token != null) {
            long position = position(token);
            document.append(POSITION, position);
            witness(processor, position).ifPresent(seen -> document.append(WITNESS, seen));
        }
        return document;
    }

    /** Of one that is there. */
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
     * A token of two merged segments is where the slower one was, one of a replay where the replay is: an event that is handled again
     * changes nothing.
     */
    private static long position(TrackingToken token) {
        return token.position()
                .orElseThrow(
                        () -> new IllegalArgumentException("a token without a position cannot be stored: " + token));
    }

    /**
     * What tells later whether the log still is the one that the token is a position in; empty at its beginning.
     *
     * @throws UnableToClaimTokenException if the log shows nothing before the position: it went back, or is not shown by a primary that was
     *     just elected
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

    /** What a claimed segment says of when its processor began. */
    void learn(String processor, Document claimed) {
        if (claimed.get(BEGUN) instanceof Number at) {
            begun.merge(processor, at.longValue(), Math::max);
        }
    }

    /**
     * The token of a claimed segment; null if there is none yet.
     *
     * @throws LogRolledBack if the log does not hold any more what the processor has seen
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
