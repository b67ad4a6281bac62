package menara.eventstore.spring.state;

import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.snapshots.MongoSnapshots;
import menara.eventstore.spring.EventConverter;
import menara.eventstore.spring.EventNames;
import menara.eventstore.spring.EventSourcedState;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.core.unitofwork.UnitOfWorkFactory;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.StateManager;
import org.axonframework.modelling.repository.ManagedEntity;
import tools.jackson.databind.json.JsonMapper;

/** One process that counts, as far as its states go, and tells how many events it read for them. */
final class CountingInstance implements AutoCloseable {

    private static final EventConverter CONVERTER = EventConverter.json(JsonMapper.shared());

    static final EventSourcedState<String, Counter, Counted> COUNTERS = EventSourcedState.taggedWith(
            "counter", String.class, Counter.class, Counted.class, Counter.NONE, (counter, event) -> switch (event) {
                case Counted.Added added -> counter.plus(added.amount());
            });

    private final AtomicInteger read = new AtomicInteger();
    private final MongoEventStorageEngine engine;
    private final AxonConfiguration axon;
    private final StateSnapshots snapshots;
    private final StateRepository<String, Counter, Counted> counters;
    private final CurrentStates states;

    CountingInstance(
            MongoDatabase database,
            EventSourcedState<String, Counter, Counted> definition,
            StateRepository.Limits limits,
            Limits engineLimits) {
        engine = MongoEventStorageEngine.builder(database, CONVERTER)
                .limits(engineLimits)
                .listener(new LogListener() {
                    @Override
                    public void sourced(int fromMemory, int fromDatabase) {
                        read.addAndGet(fromMemory + fromDatabase);
                    }
                })
                .open();
        axon = EventSourcingConfigurer.create()
                .registerEventStorageEngine(_ -> engine)
                .start();
        snapshots = new StateSnapshots(new MongoSnapshots(database, "snapshots", engine));
        counters = new StateRepository<>(
                definition,
                axon.getComponent(EventStore.class),
                new EventTypes(EventNames::annotated, List.of(definition)),
                CONVERTER,
                snapshots,
                limits);
        axon.getComponent(StateManager.class).register(counters);
        states = new CurrentStates(() -> axon, engine, () -> {});
    }

    /** The counter as a question sees it. */
    Counter ask(String counter) {
        return states.get(COUNTERS, counter);
    }

    /** The counter as a command sees it. */
    Counter load(String counter) {
        return axon.getComponent(UnitOfWorkFactory.class)
                .create()
                .executeWithResult(context -> counters.load(counter, context).thenApply(ManagedEntity::entity))
                .join();
    }

    /** Appends {@code count} events, the first of which adds {@code amount} and each other one more. */
    void add(String counter, int amount, int count, String note) {
        var events = new ArrayList<Counted>();
        for (int i = 0; i < count; i++) {
            events.add(new Counted.Added(counter, amount + i, note));
        }
        axon.getComponent(UnitOfWorkFactory.class)
                .create()
                .executeWithResult(context -> {
                    EventAppender.forContext(context).append(events);
                    return CompletableFuture.completedFuture("added");
                })
                .join();
    }

    void add(String counter, int amount, int count) {
        add(counter, amount, count, "");
    }

    /** Events that were read for states since this was asked last. */
    int eventsRead() {
        return read.getAndSet(0);
    }

    long cachedBytes() {
        return counters.cachedBytes();
    }

    long head() {
        return engine.head();
    }

    void refresh() {
        engine.refresh();
    }

    @Override
    public void close() {
        snapshots.close();
        axon.shutdown();
        engine.close();
    }
}
