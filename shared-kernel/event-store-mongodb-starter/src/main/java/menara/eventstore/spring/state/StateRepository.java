package menara.eventstore.spring.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.state.StateSnapshots.Kept;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreTransaction;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexPosition;
import org.axonframework.eventsourcing.eventstore.Position;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.core.Context.ResourceKey;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.modelling.repository.ManagedEntity;
import org.axonframework.modelling.repository.Repository;

/**
 * Loads states from the log and caches them with the position they were read up to, so that the next command reads only newer events. Only
 * events read from the log are cached, never those that a command is about to append. A state with a form starts from its last snapshot, if
 * there is one.
 */
public final class StateRepository<I, S, E> implements Repository.LifecycleManagement<I, S> {

    /** Bytes of a state in addition to those of its events. */
    private static final int OVERHEAD_BYTES = 512;

    /** Each kind of states may take this part of the heap; an evicted one is folded from the log again. */
    private static final int PART_OF_HEAP = 16;

    /** A state of a long history counts for at most this part of the cache, because it costs most to fold again. */
    private static final int PART_OF_CACHE = 4;

    /**
     * The limits of a repository.
     *
     * @param maxCachedBytes of all states of one kind, as an estimate of their heap
     * @param keepAfterEvents number of events read for a state before its next snapshot: reading them takes about ten milliseconds, storing
     * a large state about a hundred
     */
    record Limits(long maxCachedBytes, int keepAfterEvents) {

        static final Limits DEFAULT = new Limits(Runtime.getRuntime().maxMemory() / PART_OF_HEAP, 2_000);
    }

    private final ResourceKey<Map<I, CompletableFuture<ManagedEntity<I, S>>>> loadedKey =
            ResourceKey.withLabel("loadedStates");
    private final EventSourcedState<I, S, E> definition;
    private final EventStore store;
    private final EventTypes types;
    private final Converter converter;
    private final StateSnapshots snapshots;
    private final Limits limits;
    private final Cache<I, Known<S>> cache;

    public StateRepository(
            EventSourcedState<I, S, E> definition,
            EventStore store,
            EventTypes types,
            Converter converter,
            StateSnapshots snapshots) {
        this(definition, store, types, converter, snapshots, Limits.DEFAULT);
    }

    StateRepository(
            EventSourcedState<I, S, E> definition,
            EventStore store,
            EventTypes types,
            Converter converter,
            StateSnapshots snapshots,
            Limits limits) {
        this.definition = definition;
        this.store = store;
        this.types = types;
        this.converter = converter;
        this.snapshots = snapshots;
        this.limits = limits;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(limits.maxCachedBytes())
                .<I, Known<S>>weigher((_, known) -> weight(known.bytes()))
                .build();
    }

    /**
     * @param readUntil position after the last event that was read for the state
     * @param bytes bytes of all events that it was folded from, an upper bound of its size
     * @param unkept events read since its last snapshot
     */
    private record Known<S>(S state, Position readUntil, long bytes, int unkept) {

        Known<S> until(Position position) {
            return new Known<>(state, position, bytes, unkept);
        }

        Known<S> kept() {
            return new Known<>(state, readUntil, bytes, 0);
        }
    }

    /** @param bytes bytes of the events that a state was folded from */
    private int weight(long bytes) {
        return (int) Math.min(OVERHEAD_BYTES + bytes, limits.maxCachedBytes() / PART_OF_CACHE);
    }

    @Override
    public Class<S> entityType() {
        return definition.stateType();
    }

    @Override
    public Class<I> idType() {
        return definition.idType();
    }

    @Override
    public CompletableFuture<ManagedEntity<I, S>> load(I id, ProcessingContext context) {
        return context.computeResourceIfAbsent(loadedKey, ConcurrentHashMap::new)
                .computeIfAbsent(id, _ -> source(id, context));
    }

    @Override
    public CompletableFuture<ManagedEntity<I, S>> loadOrCreate(I id, ProcessingContext context) {
        return load(id, context); // a state before any event is a state too
    }

    private CompletableFuture<ManagedEntity<I, S>> source(I id, ProcessingContext context) {
        var cached = cache.getIfPresent(id);
        var known = cached == null ? beginning(id) : cached;
        var transaction = store.transaction(context);
        boolean firstRead = transaction.appendPosition().equals(ConsistencyMarker.ORIGIN);
        var condition = SourcingCondition.conditionFor(
                known.readUntil(), definition.criteria().apply(id));
        return transaction
                .source(condition)
                .reduce(
                        known,
                        (before, entry) -> new Known<>(
                                evolve(before.state(), entry.message()),
                                behind(entry),
                                before.bytes() + bytes(entry.message()),
                                before.unkept() + 1))
                .thenApply(read -> {
                    remember(id, kept(id, firstRead ? read.until(end(transaction, read)) : read));
                    var loaded = new LoadedState<>(id, read.state());
                    transaction.onAppend(event -> loaded.applyStateChange(current -> evolve(current, event)));
                    return loaded;
                });
    }

    private Known<S> beginning(I id) {
        return snapshots
                .find(definition, id)
                .map(kept -> new Known<>(kept.state(), at(kept.position()), kept.eventBytes(), 0))
                .orElseGet(() -> new Known<>(definition.initial().apply(id), Position.START, 0, 0));
    }

    private Known<S> kept(I id, Known<S> read) {
        boolean due = read.unkept() >= limits.keepAfterEvents();
        return due && snapshots.keep(definition, id, new Kept<>(read.state(), index(read), read.bytes()))
                ? read.kept()
                : read;
    }

    private static long bytes(EventMessage stored) {
        return stored.payload() instanceof byte[] payload ? payload.length : 0;
    }

    private static Position behind(MessageStream.Entry<? extends EventMessage> entry) {
        long next = TrackingToken.fromContext(entry)
                .map(TrackingToken::position)
                .orElseThrow(() -> new IllegalStateException("the event store gave an event without its position"))
                .orElseThrow();
        return at(next);
    }

    private static Position at(long index) {
        return new GlobalIndexConsistencyMarker(index).position();
    }

    /**
     * With a single read in the transaction its marker is this state's; with several it is the lowest of them, which does not help here. A
     * snapshot of another process may be ahead of this process's view of the log, and its last events must not be folded twice.
     */
    private Position end(EventStoreTransaction transaction, Known<S> read) {
        var marker = transaction.appendPosition();
        return marker.equals(ConsistencyMarker.ORIGIN)
                ? read.readUntil()
                : at(Math.max(GlobalIndexPosition.toIndex(marker.position()), index(read)));
    }

    private void remember(I id, Known<S> read) {
        cache.asMap().merge(id, read, (old, fresh) -> index(fresh) >= index(old) ? fresh : old);
    }

    private static long index(Known<?> known) {
        return GlobalIndexPosition.toIndex(known.readUntil());
    }

    private S evolve(S state, EventMessage message) {
        var type = types.known(message.type().qualifiedName());
        if (!definition.folds(type)) {
            return state;
        }
        var happened = message.payloadAs(type, converter);
        return happened == null
                ? state
                : definition
                        .event(happened)
                        .map(event -> definition.evolve().apply(state, event))
                        .orElse(state);
    }

    @Override
    public ManagedEntity<I, S> persist(I id, S state, ProcessingContext context) {
        throw new UnsupportedOperationException("a state follows from its events; append events instead");
    }

    @Override
    public ManagedEntity<I, S> attach(ManagedEntity<I, S> entity, ProcessingContext context) {
        throw new UnsupportedOperationException("a state follows from its events; append events instead");
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("stateType", definition.stateType());
        descriptor.describeProperty("cached", cache.estimatedSize());
    }

    /** Bytes cached now, at most {@link Limits#maxCachedBytes}. */
    long cachedBytes() {
        cache.cleanUp();
        return cache.policy()
                .eviction()
                .flatMap(eviction -> eviction.weightedSize().stream().boxed().findFirst())
                .orElseThrow();
    }

    private static final class LoadedState<I, S> implements ManagedEntity<I, S> {

        private final I id;
        private S state;

        LoadedState(I id, S state) {
            this.id = id;
            this.state = state;
        }

        @Override
        public I identifier() {
            return id;
        }

        @Override
        public synchronized S entity() {
            return state;
        }

        @Override
        public synchronized S applyStateChange(UnaryOperator<S> change) {
            state = change.apply(state);
            return state;
        }
    }
}
