package menara.eventstore.mongodb;

import static org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException.conflictingEventsDetected;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import menara.eventstore.mongodb.append.Appender;
import menara.eventstore.mongodb.commit.CommitCodec;
import menara.eventstore.mongodb.commit.Messages;
import menara.eventstore.mongodb.commit.Question;
import menara.eventstore.mongodb.commit.StoredEvent;
import menara.eventstore.mongodb.commitlog.CommitInserter;
import menara.eventstore.mongodb.commitlog.Turns;
import menara.eventstore.mongodb.database.Strategies;
import menara.eventstore.mongodb.database.Topology;
import menara.eventstore.mongodb.log.EventLog;
import menara.eventstore.mongodb.log.IndexedReads;
import menara.eventstore.mongodb.log.PointReads;
import menara.eventstore.mongodb.machine.Machine;
import menara.eventstore.mongodb.read.IndexedEvents;
import menara.eventstore.mongodb.read.Indexer;
import menara.eventstore.mongodb.read.MatchingEvents;
import menara.eventstore.mongodb.read.OwnIndexEvents;
import menara.eventstore.mongodb.read.SourcedStream;
import menara.eventstore.mongodb.read.TagIndex;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EmptyAppendTransaction;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexPosition;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event storage engine on a MongoDB collection. See the module's README for what it guarantees. Thread-safe; one per log
 * and process; close it when done.
 *
 * <p>It depends on Axon's internal {@code EventStorageEngine} and its {@code AppendTransaction}, as they are in 5.0.1: an append is
 * prepared, committed and rolled back in the phases of a unit of work. Only this class adapts to another version of Axon.
 */
public final class MongoEventStorageEngine implements EventStorageEngine, LogIdentity, AutoCloseable {

    private final EventLog log;
    private final MatchingEvents matching;
    private final Appender appender;
    private final @Nullable Indexer indexer;
    private final Converter converter;
    private volatile boolean closed;

    private MongoEventStorageEngine(Builder builder) {
        converter = builder.converter;
        var limits = builder.limits;
        Topology.requireUnsharded(builder.database, builder.name);
        var bounded = Guarantees.bounded(builder.database, limits);
        boolean indexed = Strategies.isIndexed(builder.strategy, builder.database);
        var codec = new CommitCodec(builder.evolution, !indexed);
        var commits = EventLog.collection(builder.database, builder.name, codec, limits);
        if (indexed) {
            IndexedEvents.createIndexes(commits);
            var reads = new IndexedReads(commits);
            log = EventLog.own(builder.name, commits, reads, limits, reads.findHead(0), builder.machine);
            matching = new MatchingEvents(log.recent(), new IndexedEvents(commits, codec), builder.listener);
            indexer = null;
        } else {
            var index = new TagIndex(bounded.getCollection(builder.name + "_tags"));
            var reads = new PointReads(commits);
            log = EventLog.own(builder.name, commits, reads, limits, index.indexedUntil(), builder.machine);
            var cold = new OwnIndexEvents(commits, codec, reads, index);
            matching = new MatchingEvents(log.recent(), cold, builder.listener);
            indexer = new Indexer(builder.name, log, index);
        }
        appender = new Appender(
                log,
                matching,
                new CommitInserter<>(log.commits(), limits, builder.listener),
                new Turns(bounded.getCollection(builder.name + "_turns"), "turn", builder.machine),
                codec,
                limits,
                builder.clock,
                builder.listener);
        log.readToTheEnd();
        log.start();
        if (indexer != null) {
            indexer.start();
        }
    }

    /**
     * @param database database of the log
     * @param converter makes {@code byte[]} of payloads
     */
    public static Builder builder(MongoDatabase database, Converter converter) {
        return new Builder(database, converter);
    }

    /** The options; each has a default. */
    public static final class Builder {

        private final MongoDatabase database;
        private final Converter converter;
        private String name = "events";
        private ReadStrategy strategy = ReadStrategy.AUTO;
        private Limits limits = Limits.DEFAULT;
        private EventEvolution evolution = EventEvolution.none();
        private LogListener listener = LogListener.NONE;
        private Clock clock = Clock.systemUTC();
        private Machine machine = Machine.REAL;

        private Builder(MongoDatabase database, Converter converter) {
            this.database = database;
            this.converter = converter;
        }

        /** The collection; default {@code events}. */
        public Builder log(String collection) {
            name = collection;
            return this;
        }

        public Builder readStrategy(ReadStrategy chosen) {
            strategy = chosen;
            return this;
        }

        public Builder limits(Limits chosen) {
            limits = chosen;
            return this;
        }

        public Builder evolution(EventEvolution chosen) {
            evolution = chosen;
            return this;
        }

        public Builder listener(LogListener chosen) {
            listener = new QuietListener(chosen);
            return this;
        }

        public Builder clock(Clock chosen) {
            clock = chosen;
            return this;
        }

        Builder machine(Machine chosen) {
            machine = chosen;
            return this;
        }

        /** Finds the head and begins to follow it. */
        public MongoEventStorageEngine open() {
            return new MongoEventStorageEngine(this);
        }
    }

    /** The position after the last event this process knows; cheap, and never ahead of what a read sees. */
    public long head() {
        return log.recent().head();
    }

    /** Reads what other processes appended. @return the position after the last event acknowledged before the call, or later */
    public long refresh() {
        log.catchUp();
        return head();
    }

    @Override
    public CompletableFuture<AppendTransaction<?>> appendEvents(
            AppendCondition condition, @Nullable ProcessingContext context, List<TaggedEventMessage<?>> events) {
        if (closed) {
            return CompletableFuture.failedFuture(NotStored.closed());
        }
        if (events.isEmpty()) {
            return CompletableFuture.completedFuture(EmptyAppendTransaction.INSTANCE);
        }
        try {
            if (appender.conflicts(condition, log.recent().head())) {
                // Known already: the caller need not wait for its turn.
                return CompletableFuture.failedFuture(conflictingEventsDetected(condition.consistencyMarker()));
            }
        } catch (MongoException | EventStoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        return CompletableFuture.completedFuture(new Transaction(condition, Messages.toStore(events, converter)));
    }

    private final class Transaction implements AppendTransaction<ConsistencyMarker> {

        private final AppendCondition condition;
        private final List<StoredEvent> events;
        private final AtomicBoolean finished = new AtomicBoolean();

        Transaction(AppendCondition condition, List<StoredEvent> events) {
            this.condition = condition;
            this.events = events;
        }

        @Override
        public CompletableFuture<ConsistencyMarker> commit(@Nullable ProcessingContext context) {
            return finished.getAndSet(true)
                    ? CompletableFuture.failedFuture(new IllegalStateException("already committed or rolled back"))
                    : appender.append(condition, events);
        }

        @Override
        public void rollback(@Nullable ProcessingContext context) {
            finished.set(true);
        }

        @Override
        public CompletableFuture<ConsistencyMarker> afterCommit(
                ConsistencyMarker marker, @Nullable ProcessingContext context) {
            return CompletableFuture.completedFuture(marker);
        }
    }

    @Override
    public MessageStream<EventMessage> source(SourcingCondition condition, @Nullable ProcessingContext context) {
        long head = log.recent().head();
        long from = Math.max(0, GlobalIndexPosition.toIndex(condition.start()));
        var pages = matching.find(Question.of(condition, from, head));
        return new SourcedStream(pages, new GlobalIndexConsistencyMarker(head));
    }

    /** The events that {@link #source} finds, without the message that marks their end for Axon. */
    public MessageStream<EventMessage> events(SourcingCondition condition) {
        return source(condition, null).filter(entry -> !SourcedStream.isEnd(entry.message()));
    }

    @Override
    public MessageStream<EventMessage> stream(StreamingCondition condition, @Nullable ProcessingContext context) {
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
    public boolean isThere(Witness witness) {
        return log.isThere(witness);
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("head", head());
        descriptor.describeProperty("converter", converter);
    }

    /**
     * Stops following the log. Appends that are under way finish first; later ones are refused with {@link NotStored}.
     */
    @Override
    public void close() {
        closed = true;
        appender.close();
        if (indexer != null) {
            indexer.close();
        }
        log.close();
    }
}
