package menara.eventstore.mongodb.simulation;

import com.mongodb.MongoException;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import menara.eventstore.mongodb.LogWentBack;
import menara.eventstore.mongodb.NotStored;
import menara.eventstore.mongodb.OutcomeUnknown;
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
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;

/** Decides on what it has sourced, and appends, until its quota is used up. */
final class Writer implements Runnable {

    /** No future stays open for longer, whatever happens. */
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Home home;
    private final Quota quota;
    private final History history;
    private final SimulatedProcess process;
    private final Random random;

    Writer(Home home, Quota quota) {
        this.home = home;
        this.quota = quota;
        this.history = home.history();
        this.process = home.process();
        this.random = home.random();
    }

    @Override
    public void run() {
        while (!quota.isUsedUp()) {
            process.sleep(random.nextInt(home.scenario().pauseMillis()) * Home.MILLISECOND);
            quota.use();
            if (random.nextInt(4) == 0) {
                appendUnconditionally();
            } else {
                appendOnCondition();
            }
        }
    }

    private Tag counter() {
        return new Tag(
                "counter", Integer.toString(random.nextInt(home.scenario().counters())));
    }

    private void appendUnconditionally() {
        append(AppendCondition.none(), Set.of(), 0, Set.of(counter()));
    }

    private void appendOnCondition() {
        var tags = Set.of(counter());
        if (random.nextInt(3) == 0) {
            tags = Set.of(tags.iterator().next(), new Tag("group", Integer.toString(random.nextInt(2))));
        }
        var criteria = EventCriteria.havingTags(tags.toArray(Tag[]::new));
        var sourced = source(quota.writer(), tags, criteria);
        if (sourced == null) {
            return;
        }
        if (random.nextInt(4) == 0) {
            process.sleep(random.nextInt(30) * Home.MILLISECOND); // a decision that takes its time
        }
        var condition =
                AppendCondition.withCriteria(criteria).withMarker(new GlobalIndexConsistencyMarker(sourced.marker()));
        append(condition, tags, sourced.marker(), tags);
    }

    private @Nullable Sourced source(String reader, Set<Tag> tags, EventCriteria criteria) {
        var stream = home.engine().source(SourcingCondition.conditionFor(criteria), null);
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
        home.noteFailure(reader + " cannot source", stream.error().orElseThrow());
        return null;
    }

    private void append(AppendCondition condition, Set<Tag> conditionTags, long marker, Set<Tag> tags) {
        var events = new ArrayList<TaggedEventMessage<?>>();
        var ids = new ArrayList<String>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            var id = quota.nextEvent();
            ids.add(id);
            events.add(SimulatedEvents.tagged(id, tags));
        }
        var append = history.begin(process, quota.writer(), conditionTags, marker, ids);
        var done = home.engine().appendEvents(condition, null, events).thenCompose(Writer::finish);
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
            case LogWentBack _
            when history.wentBack().isPresent() -> {
                home.noteFailure(home.name() + " cannot append", failure);
                yield Outcome.UNKNOWN;
            }
            case NotStored _, MongoException _ -> Outcome.NOT_STORED;
            // What a primary that was just elected does not show yet: the condition could not be checked.
            case EventStoreException missed when missed.getClass() == EventStoreException.class -> Outcome.NOT_STORED;
            default -> {
                history.alarm(home.name() + " fails in a way that nobody can expect: " + failure);
                yield Outcome.NOT_STORED;
            }
        };
    }
}
