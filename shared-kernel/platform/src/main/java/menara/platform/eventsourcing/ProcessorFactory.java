package menara.platform.eventsourcing;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import menara.eventstore.mongodb.LogIdentity;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.MongoParkingLot;
import menara.eventstore.mongodb.MongoTokenStore;
import menara.platform.eventsourcing.Followers.Follower;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.eventhandling.configuration.EventProcessorModule;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessorConfiguration;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessorModule;
import org.axonframework.messaging.eventstreaming.StreamableEventSource;

/** Makes an event processor of each follower: where it reads, where its token lies, who works for it. */
final class ProcessorFactory {

    /** One coordinator thread serves all processors of the service; coordinating is waking up and handing over. */
    private static final int COORDINATOR_THREADS = 2;

    private static final int WORKER_THREADS = 4;

    private final MenaraProperties.Processors settings;
    private final MongoDatabase database;
    private final MongoEventStorageEngine engine;
    private final ForeignLogs foreignLogs;
    private final MongoParkingLot lot;
    private final Converter converter;
    private final EventTypes types;
    private final Clock clock;
    private final String owner;
    private final ScheduledExecutorService coordinators = threads(COORDINATOR_THREADS, "coordinator-");
    private final ScheduledExecutorService workers = threads(WORKER_THREADS, "worker-");
    private final List<Follower> followers = new ArrayList<>();

    ProcessorFactory(
            MenaraProperties.Processors settings,
            MongoDatabase database,
            MongoEventStorageEngine engine,
            ForeignLogs foreignLogs,
            MongoParkingLot lot,
            Converter converter,
            EventTypes types,
            Clock clock,
            String owner) {
        this.settings = settings;
        this.database = database;
        this.engine = engine;
        this.foreignLogs = foreignLogs;
        this.lot = lot;
        this.converter = converter;
        this.types = types;
        this.clock = clock;
        this.owner = owner;
    }

    private static ScheduledExecutorService threads(int count, String name) {
        return Executors.newScheduledThreadPool(
                count, Thread.ofPlatform().daemon().name(name, 0).factory());
    }

    List<Follower> followers() {
        return followers;
    }

    /** Position behind the last event of the log that the follower reads. */
    long headOf(Follower follower) {
        return follower.followsOwnLog()
                ? engine.head()
                : foreignLogs.of(follower.of()).head();
    }

    PooledStreamingEventProcessorModule module(Follower follower) {
        followers.add(follower);
        return EventProcessorModule.pooledStreaming(follower.name())
                .eventHandlingComponents(components -> components.autodetected(_ -> follower.bean()))
                .customized((_, processor) -> customize(follower, processor));
    }

    private PooledStreamingEventProcessorConfiguration customize(
            Follower follower, PooledStreamingEventProcessorConfiguration processor) {
        return processor
                .eventSource(new Whole(source(follower)))
                .tokenStore(new MongoTokenStore(
                        database,
                        "tokens",
                        identity(follower),
                        owner,
                        settings.claimTimeout(),
                        clock,
                        lot::forgetCached))
                // From the first event on, and not as a replay: a first pass is the real thing.
                .initialToken(source -> source.firstToken(null))
                .initialSegmentCount(1)
                .batchSize(settings.batchSize())
                .claimExtensionThreshold(settings.claimTimeout().toMillis() / 2)
                .tokenClaimInterval(settings.claimTimeout().toMillis() / 2)
                .coordinatorExecutor(coordinators)
                .workerExecutor(workers)
                .withInterceptor(new ParkingInterceptor(
                        follower.name(), lot, new EventSequence(converter), settings.attempts()));
    }

    private StreamableEventSource source(Follower follower) {
        return follower.followsOwnLog() ? new OwnLog(engine, types) : foreignLogs.of(follower.of());
    }

    private LogIdentity identity(Follower follower) {
        return follower.followsOwnLog() ? engine : foreignLogs.of(follower.of());
    }
}
