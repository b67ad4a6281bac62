package menara.eventstore.mongodb.simulation;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.NotStored;
import menara.eventstore.mongodb.OutcomeUnknown;
import menara.eventstore.mongodb.due.MongoDueDates;
import menara.eventstore.mongodb.processing.MongoTokenStore;
import menara.eventstore.mongodb.processing.PublishedLog;
import menara.eventstore.mongodb.simulation.History.Outcome;
import menara.eventstore.mongodb.simulation.History.Sourced;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;

/** One process of the house from its start to its end, with everything that a service does with the store. */
final class Instance {

    static final String LOG = "events";
    static final String PUBLISHED = "published";
    private static final String PROCESSOR = "projection";
    private static final String DUE = "due";

    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration CLAIM = Duration.ofMillis(500);

    /** How often an instance sets a date, or moves one that it set. */
    private static final int SCHEDULED = 6;

    /** No future stays open for longer, whatever happens. */
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Scenario scenario;
    private final History history;
    private final SimulatedProcess process;
    private final Connection connection;
    private final MongoDatabase database;
    private final Random random;
    private final List<Quota> quotas;
    private @Nullable MongoEventStorageEngine engine;

    /** What a writer still has to append, over all lives of its process. */
    static final class Quota {

        private final String writer;
        private int left;
        private int made;

        Quota(String writer, int left) {
            this.writer = writer;
            this.left = left;
        }

        boolean isUsedUp() {
            return left <= 0;
        }
    }

    Instance(
            String name,
            Scenario scenario,
            History history,
            Scheduler scheduler,
            ReplicaSet servers,
            Faults faults,
            List<Quota> quotas) {
        this.scenario = scenario;
        this.history = history;

        this.random = scheduler.random();
        this.process = new SimulatedProcess(name, scheduler, Duration.ofMillis(random.nextInt(200) - 100));
        this.connection = new Connection(process, scheduler, servers, faults, history);
        this.database = SimulatedDatabase.of(connection, servers);
        this.quotas = quotas;
    }

    Connection connection() {
        return connection;
    }

    String name() {
        return process.name();
    }

    void kill() {
        history.tell(() -> name() + " is killed");
        process.kill();
    }

    void start() {
        history.tell(() -> name() + " starts");
        process.run(() -> {
            engine = retried(() -> process.engine(
                    database, LOG, scenario.strategy(), scenario.limits(), SimulatedEvents.CONVERTER, process.clock()));
            quotas.forEach(quota -> process.run(() -> write(quota)));
            process.run(this::follow);
            if (scenario.publishers()) {
                process.run(this::publish);
            }
            if (scenario.processors()) {
                process.run(this::handle);
            }
            if (scenario.dueDates()) {
                process.run(this::workOff);
            }
        });
    }

    /** What a supervisor does with a process that does not come up. */
    private <T> T retried(Supplier<T> opening) {
        while (true) {
            try {
                return opening.get();
            } catch (MongoException | EventStoreException e) {
                history.tell(() -> "%s cannot start: %s".formatted(name(), e.getMessage()));
                process.sleep(20 * MILLISECOND);
            }
        }
    }

    private MongoEventStorageEngine engine() {
        return Objects.requireNonNull(engine);
    }

    private void write(Quota quota) {
        while (!quota.isUsedUp()) {
            process.sleep(random.nextInt(60) * MILLISECOND);
            quota.left--;
            if (random.nextInt(4) == 0) {
                appendUnconditionally(quota);
            } else {
                appendOnCondition(quota);
            }
        }
    }

    private Tag counter() {
        return new Tag("counter", Integer.toString(random.nextInt(scenario.counters())));
    }

    private void appendUnconditionally(Quota quota) {
        append(quota, AppendCondition.none(), Set.of(), 0, Set.of(counter()));
    }

    private void appendOnCondition(Quota quota) {
        var tags = Set.of(counter());
        if (random.nextInt(3) == 0) {
            tags = Set.of(tags.iterator().next(), new Tag("group", Integer.toString(random.nextInt(2))));
        }
        var criteria = EventCriteria.havingTags(tags.toArray(Tag[]::new));
        var sourced = source(quota.writer, tags, criteria);
        if (sourced == null) {
            return;
        }
        if (random.nextInt(4) == 0) {
            process.sleep(random.nextInt(30) * MILLISECOND); // a decision that takes its time
        }
        var condition =
                AppendCondition.withCriteria(criteria).withMarker(new GlobalIndexConsistencyMarker(sourced.marker()));
        append(quota, condition, tags, sourced.marker(), tags);
    }

    private @Nullable Sourced source(String reader, Set<Tag> tags, EventCriteria criteria) {
        var stream = engine().source(SourcingCondition.conditionFor(criteria), null);
        var events = new ArrayList<String>();
        for (var next = stream.next(); next.isPresent(); next = stream.next()) {
            if (next.get().message() instanceof TerminalEventMessage) {
                var marker = Objects.requireNonNull(next.get().getResource(ConsistencyMarker.RESOURCE_KEY));
                var sourced = new Sourced(reader, tags, GlobalIndexConsistencyMarker.position(marker), events);
                history.sourced(sourced);
                return sourced;
            }
            events.add(next.get().message().identifier());
        }
        noteFailure(reader + " cannot source", stream.error().orElseThrow());
        return null;
    }

    private void append(Quota quota, AppendCondition condition, Set<Tag> conditionTags, long marker, Set<Tag> tags) {
        var events = new ArrayList<TaggedEventMessage<?>>();
        var ids = new ArrayList<String>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            var id = quota.writer + "/" + quota.made++;
            ids.add(id);
            events.add(SimulatedEvents.tagged(id, tags));
        }
        var append = history.begin(process, quota.writer, conditionTags, marker, ids);
        var done = engine().appendEvents(condition, null, events).thenCompose(Instance::finish);
        done.whenComplete((next, failure) -> {
            if (failure == null) {
                history.end(append, Outcome.STORED, GlobalIndexConsistencyMarker.position(next), "stored");
            } else {
                var cause =
                        failure instanceof CompletionException ? Objects.requireNonNull(failure.getCause()) : failure;
                history.end(append, outcome(cause), 0, cause.toString());
            }
        });
        if (!process.waitFor(done, PATIENCE_NANOS)) {
            history.alarm(append + ": was never answered");
        }
    }

    private static <R> CompletableFuture<ConsistencyMarker> finish(AppendTransaction<R> transaction) {
        return transaction.commit(null).thenCompose(result -> transaction.afterCommit(result, null));
    }

    private Outcome outcome(Throwable failure) {
        return switch (failure) {
            case AppendEventsTransactionRejectedException _ -> Outcome.REFUSED;
            case OutcomeUnknown _ -> Outcome.UNKNOWN;
            case NotStored _, MongoException _ -> Outcome.NOT_STORED;
            default -> {
                history.alarm(name() + " fails in a way that nobody can expect: " + failure);
                yield Outcome.NOT_STORED;
            }
        };
    }

    private void noteFailure(String what, Throwable failure) {
        if (failure instanceof MongoException || failure.getClass() == EventStoreException.class) {
            history.tell(() -> what + ": " + failure.getMessage());
        } else {
            history.alarm(what + ": " + failure);
        }
    }

    private MessageStream<EventMessage> stream(long from) {
        return engine().stream(StreamingCondition.startingFrom(new GlobalSequenceTrackingToken(from)), null);
    }

    private static long position(MessageStream.Entry<EventMessage> entry) {
        return TrackingToken.fromContext(entry).orElseThrow().position().orElseThrow();
    }

    private void follow() {
        var reader = Thread.currentThread();
        long next = 0;
        while (true) {
            var stream = stream(next);
            stream.setCallback(() -> LockSupport.unpark(reader));
            while (stream.error().isEmpty()) {
                var entry = stream.next();
                if (entry.isPresent()) {
                    next = position(entry.get());
                    history.seen(name(), next, entry.get().message().identifier());
                } else {
                    process.pause(500 * MILLISECOND);
                }
            }
            noteFailure(name() + " cannot follow", stream.error().orElseThrow());
            stream.close();
            process.sleep(20 * MILLISECOND);
        }
    }

    /** Every fifth event is not for others. */
    static boolean isPublished(String event) {
        return Math.floorMod(event.hashCode(), 5) != 0;
    }

    private void publish() {
        PublishedLog published = retried(() -> process.publishedLog(
                database,
                PUBLISHED,
                scenario.strategy(),
                scenario.limits(),
                SimulatedEvents.CONVERTER,
                process.clock()));
        while (true) {
            try {
                publishSome(published);
            } catch (MongoException | OutcomeUnknown e) {
                history.tell(() -> "%s cannot publish: %s".formatted(name(), e.getMessage()));
            } catch (EventStoreException e) {
                noteFailure(name() + " cannot publish", e);
            }
            process.sleep((5 + random.nextInt(40)) * MILLISECOND);
        }
    }

    private void publishSome(PublishedLog published) {
        var state = published.state();
        var stream = stream(state.progress());
        var events = new ArrayList<EventMessage>();
        long progress = state.progress();
        int some = 1 + random.nextInt(4);
        for (var entry = stream.next(); entry.isPresent() && some > 0; entry = stream.next(), some--) {
            progress = position(entry.get());
            var id = entry.get().message().identifier();
            if (isPublished(id)) {
                events.add(SimulatedEvents.event(id));
            }
        }
        stream.close();
        if (progress > state.progress()) {
            published.append(state, events, progress);
        }
    }

    private void handle() {
        var tokens = new MongoTokenStore(database, "tokens", engine(), name(), CLAIM, process.clock());
        while (true) {
            var initial = tokens.initializeTokenSegments(PROCESSOR, 1, new GlobalSequenceTrackingToken(0), null);
            var token = initial.thenApply(_ -> (TrackingToken) new GlobalSequenceTrackingToken(0))
                    .exceptionallyCompose(_ -> tokens.fetchToken(PROCESSOR, 0, null));
            if (token.isCompletedExceptionally()) {
                var failure = token.exceptionNow();
                if (!(failure instanceof UnableToClaimTokenException)) {
                    noteFailure(name() + " cannot claim", failure);
                }
            } else {
                handleFrom(token.resultNow().position().orElse(0), tokens);
            }
            process.sleep((50 + random.nextInt(100)) * MILLISECOND);
        }
    }

    private void handleFrom(long from, MongoTokenStore tokens) {
        var stream = stream(from);
        while (stream.error().isEmpty()) {
            var entry = stream.next();
            CompletableFuture<?> noted;
            if (entry.isPresent()) {
                long next = position(entry.get());
                history.handled(name(), next, entry.get().message().identifier());
                noted = tokens.storeToken(new GlobalSequenceTrackingToken(next), PROCESSOR, 0, null);
            } else {
                process.sleep(50 * MILLISECOND);
                noted = tokens.extendClaim(PROCESSOR, 0, null);
            }
            if (noted.isCompletedExceptionally()) {
                break;
            }
        }
        stream.close();
    }

    private MongoDueDates dueDates() {
        return new MongoDueDates(database, DUE, CLAIM, process.clock());
    }

    private void workOff() {
        var dates = dueDates();
        int scheduled = 0;
        while (true) {
            try {
                if (scheduled < SCHEDULED) {
                    schedule(dates, name() + "/" + random.nextInt(++scheduled)); // one that is new, or moved
                }
                for (var taken = dates.take(); taken.isPresent(); taken = dates.take()) {
                    complete(dates, taken.get());
                }
            } catch (MongoException e) {
                history.tell(() -> "%s cannot look after due work: %s".formatted(name(), e.getMessage()));
            }
            process.sleep((20 + random.nextInt(80)) * MILLISECOND);
        }
    }

    private void schedule(MongoDueDates dates, String id) {
        var at = process.clock().instant().plusMillis(random.nextInt(800)).truncatedTo(ChronoUnit.MILLIS);
        var work = history.due(id);
        history.tell(() -> "%s schedules %s for %s".formatted(name(), id, at));
        work.attempt(at.toEpochMilli());
        dates.schedule("work", id, at);
        work.scheduled(at.toEpochMilli());
    }

    private void complete(MongoDueDates dates, MongoDueDates.Taken taken) {
        history.tell(() -> "%s takes %s".formatted(name(), taken.id()));
        if (taken.dueAt().isAfter(process.clock().instant())) {
            history.alarm(taken.id() + " was taken before its time");
        }
        if (random.nextInt(4) != 0) {
            process.sleep(random.nextInt(100) * MILLISECOND);
            history.due(taken.id()).done(taken.dueAt().toEpochMilli());
            dates.complete(taken);
        } else if (random.nextBoolean()) {
            dates.release(taken);
        }
    }

    /** Whether this process knows all of a log that is so long. */
    boolean hasSeen(long length) {
        var seen = history.followers().get(name());
        return length == 0 || (seen != null && seen.size() >= length);
    }
}
