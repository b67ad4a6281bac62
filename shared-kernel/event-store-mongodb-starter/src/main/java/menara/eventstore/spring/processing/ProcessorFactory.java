package menara.eventstore.spring.processing;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import menara.eventstore.mongodb.LogIdentity;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.processing.MongoParkingLot;
import menara.eventstore.mongodb.processing.MongoTokenStore;
import menara.eventstore.spring.UnknownEvent;
import menara.eventstore.spring.connect.EventStoreProperties;
import menara.eventstore.spring.processing.Followers.Follower;
import menara.eventstore.spring.read.Fence;
import menara.eventstore.spring.state.EventTypes;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.configuration.EventProcessorModule;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessorConfiguration;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessorModule;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.SequenceOverridingEventHandlingComponent;
import org.axonframework.messaging.eventstreaming.StreamableEventSource;

/**
 * Makes an event processor of each follower: its source, its token store and its workers. It depends on Axon's internal
 * {@code SequenceOverridingEventHandlingComponent}, which defines what stays in order for a follower.
 */
public final class ProcessorFactory {

    /** One coordinator thread serves all processors of the service; coordinating is waking up and handing over. */
    private static final int COORDINATOR_THREADS = 2;

    /** Virtual: a thread that waits with its event, for a projection or for the database, does not block others. */
    private static final int WORKER_THREADS = 64;

    /** How often a claim is extended while it lasts. */
    private static final int LOOKS_PER_CLAIM = 4;

    private final EventStoreProperties.Processors settings;
    private final MongoDatabase database;
    private final MongoEventStorageEngine engine;
    private final ForeignLogs foreignLogs;
    private final MongoParkingLot lot;
    private final Converter converter;
    private final EventTypes types;
    private final Clock clock;
    private final Instances instances;
    private final ScheduledExecutorService coordinators = Executors.newScheduledThreadPool(
            COORDINATOR_THREADS,
            Thread.ofPlatform().daemon().name("coordinator-", 0).factory());
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(
            WORKER_THREADS, Thread.ofVirtual().name("worker-", 0).factory());
    private final List<Follower> followers = new ArrayList<>();
    private final Map<String, Followed> followed = new ConcurrentHashMap<>();
    private volatile Consumer<Follower> standstill = _ -> {};
    private volatile boolean stopping;

    public ProcessorFactory(
            EventStoreProperties.Processors settings,
            MongoDatabase database,
            MongoEventStorageEngine engine,
            ForeignLogs foreignLogs,
            MongoParkingLot lot,
            Converter converter,
            EventTypes types,
            Clock clock,
            Instances instances) {
        this.settings = settings;
        this.database = database;
        this.engine = engine;
        this.foreignLogs = foreignLogs;
        this.lot = lot;
        this.converter = converter;
        this.types = types;
        this.clock = clock;
        this.instances = instances;
    }

    /** The source of a follower and its progress. */
    private record Followed(Whole log, MongoTokenStore tokens, EventSequence sequence) {}

    /** @param release called with a follower that reached an event which only a newer version of the service knows */
    void leaveToNewer(Consumer<Follower> release) {
        standstill = release;
    }

    /** Ends all waits for the database. */
    void stop() {
        stopping = true;
    }

    public List<Follower> followers() {
        return followers;
    }

    Optional<Follower> follower(String processor) {
        return followers.stream()
                .filter(follower -> follower.name().equals(processor))
                .findFirst();
    }

    /** Position after the last event of the log that the follower reads. */
    long headOf(Follower follower) {
        return follower.followsOwnLog()
                ? engine.head()
                : foreignLogs.of(follower.of()).head();
    }

    /** Names of the followers that this version of the service cannot continue. */
    Set<String> standingStill() {
        return followers.stream()
                .filter(follower ->
                        fault(follower).filter(UnknownEvent.class::isInstance).isPresent())
                .map(Follower::name)
                .collect(Collectors.toSet());
    }

    /** Why the follower cannot read its log now; empty if nothing is wrong. */
    public Optional<RuntimeException> fault(Follower follower) {
        return followed(follower).log().fault();
    }

    /** The fence of a parked event that is handled again. */
    Optional<Fence> fence(Follower follower, EventMessage event) {
        var of = followed(follower);
        return Fence.of(follower.name(), of.sequence().of(event), of.tokens().storedBegun(follower.name()), event);
    }

    private Followed followed(Follower follower) {
        return followed.computeIfAbsent(
                follower.name(),
                _ -> new Followed(
                        new Whole(source(follower), fault -> {
                            if (fault instanceof UnknownEvent) {
                                standstill.accept(follower);
                            }
                        }),
                        new MongoTokenStore(
                                database,
                                Progress.TOKENS,
                                identity(follower),
                                instances.owner(),
                                settings.claimTimeout(),
                                clock,
                                lot::forgetCached),
                        new EventSequence(follower.by(), converter)));
    }

    public PooledStreamingEventProcessorModule module(Follower follower) {
        followers.add(follower);
        return EventProcessorModule.pooledStreaming(follower.name())
                .eventHandlingComponents(components -> components
                        .autodetected(_ -> follower.bean())
                        .decorated((_, handlers) -> new SequenceOverridingEventHandlingComponent(
                                followed(follower).sequence(), handlers)))
                .customized((_, processor) -> customize(follower, processor));
    }

    private PooledStreamingEventProcessorConfiguration customize(
            Follower follower, PooledStreamingEventProcessorConfiguration processor) {
        var of = followed(follower);
        long look = settings.claimTimeout().toMillis() / LOOKS_PER_CLAIM;
        return processor
                .eventSource(of.log())
                .tokenStore(of.tokens())
                // From the first event on, and not as a replay, because a first pass is regular processing.
                .initialToken(source -> source.firstToken(null))
                .initialSegmentCount(follower.by().isEmpty() ? 1 : settings.segments())
                .maxSegmentProvider(instances::share)
                .batchSize(settings.batchSize())
                .claimExtensionThreshold(look)
                .tokenClaimInterval(look)
                // A batch may take longer than a claim lasts.
                .enableCoordinatorClaimExtension()
                .coordinatorExecutor(coordinators)
                .workerExecutor(workers)
                .withInterceptor(new ParkingInterceptor(
                        follower, lot, of.tokens(), of.sequence(), settings.patience(), () -> stopping));
    }

    private StreamableEventSource source(Follower follower) {
        return follower.followsOwnLog() ? new OwnLog(engine, types) : foreignLogs.of(follower.of());
    }

    private LogIdentity identity(Follower follower) {
        return follower.followsOwnLog() ? engine : foreignLogs.of(follower.of());
    }
}
