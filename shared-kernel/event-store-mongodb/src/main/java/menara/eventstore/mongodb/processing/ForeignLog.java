package menara.eventstore.mongodb.processing;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogIdentity;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.log.EventLog;
import menara.eventstore.mongodb.machine.Machine;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamableEventSource;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;

/** Another service's log, followed and never written: its user needs only to read that one collection. */
public final class ForeignLog implements StreamableEventSource, LogIdentity, AutoCloseable {

    private final EventLog log;

    private ForeignLog(EventLog log) {
        this.log = log;
    }

    /**
     * @param database the other service's database
     * @param collection its log, {@code published}
     */
    public static ForeignLog open(
            MongoDatabase database, String collection, ReadStrategy strategy, EventEvolution evolution, Limits limits) {
        return open(database, collection, strategy, evolution, limits, Machine.REAL);
    }

    static ForeignLog open(
            MongoDatabase database,
            String collection,
            ReadStrategy strategy,
            EventEvolution evolution,
            Limits limits,
            Machine machine) {
        var log = EventLog.followed(database, collection, strategy, evolution, limits, machine);
        log.start();
        return new ForeignLog(log);
    }

    /** The position after the last event known here. */
    public long head() {
        return log.recent().head();
    }

    /** Why the log cannot be followed now; empty if nothing is wrong. */
    public Optional<Throwable> fault() {
        return log.fault();
    }

    @Override
    public MessageStream<EventMessage> open(StreamingCondition condition, @Nullable ProcessingContext context) {
        return log.stream(condition);
    }

    @Override
    public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
        return CompletableFuture.completedFuture(log.firstToken());
    }

    @Override
    public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
        return CompletableFuture.completedFuture(log.latestToken());
    }

    @Override
    public CompletableFuture<TrackingToken> tokenAt(Instant at, @Nullable ProcessingContext context) {
        return CompletableFuture.completedFuture(log.tokenAt(at));
    }

    @Override
    public Optional<Witness> before(long position) {
        return log.before(position);
    }

    @Override
    public boolean holds(Witness witness) {
        return log.holds(witness);
    }

    @Override
    public void close() {
        log.close();
    }
}
