package menara.eventstore.spring.processing;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.Optional;
import menara.eventstore.mongodb.processing.MongoParkingLot;
import menara.eventstore.spring.Correlation;
import menara.eventstore.spring.publish.Publisher;
import menara.eventstore.spring.read.Handling;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.messaging.core.annotation.ParameterResolverFactory;
import org.axonframework.messaging.core.unitofwork.UnitOfWorkFactory;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.annotation.AnnotatedEventHandlingComponent;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessor;
import org.springframework.context.SmartLifecycle;

/** Starts the processors and the publisher after all beans exist, and stops them before any is destroyed. */
public final class EventStoreLifecycle implements SmartLifecycle {

    private final AxonConfiguration axon;
    private final ProcessorFactory processors;
    private final ProjectionProgress progress;
    private final Instances instances;
    private final Optional<Publisher> publisher;
    private final ParkedReplays replays;
    private volatile boolean running;

    public EventStoreLifecycle(
            AxonConfiguration axon,
            ProcessorFactory processors,
            ProjectionProgress progress,
            Instances instances,
            Optional<Publisher> publisher,
            MongoParkingLot lot,
            MongoDatabase database,
            Clock clock) {
        this.axon = axon;
        this.processors = processors;
        this.progress = progress;
        this.instances = instances;
        this.publisher = publisher;
        this.replays = new ParkedReplays(lot, database, processors, this, clock);
    }

    public ParkedReplays replays() {
        return replays;
    }

    @Override
    public void start() {
        processors.leaveToNewer(this::release);
        axon.start();
        processors.followers().stream()
                .filter(Followers.Follower::followsOwnLog)
                .forEach(follower -> progress.follow(processor(follower.name())));
        publisher.ifPresent(Publisher::start);
        replays.start();
        instances.start(progress::positions, processors::standingStill);
        running = true;
    }

    /** The running processor of a follower. */
    public PooledStreamingEventProcessor processor(String name) {
        return axon.getModuleConfiguration(name)
                .map(module -> module.getComponent(PooledStreamingEventProcessor.class, name))
                .orElseGet(() -> axon.getComponent(PooledStreamingEventProcessor.class, name));
    }

    /** Releases a follower's segments for an instance that knows the next event; if there is none, they are claimed again. */
    private void release(Followers.Follower follower) {
        var processor = processor(follower.name());
        processor.processingStatus().keySet().forEach(processor::releaseSegment);
    }

    /** Passes one event to a follower outside of its processor, in its own unit of work. */
    void handle(Followers.Follower follower, EventMessage event) {
        var handlers = new AnnotatedEventHandlingComponent<>(
                follower.bean(), axon.getComponent(ParameterResolverFactory.class));
        var correlation = event.metadata().getOrDefault(Correlation.KEY, event.identifier());
        Correlation.run(
                correlation,
                () -> Handling.run(
                        processors.fence(follower, event),
                        () -> axon.getComponent(UnitOfWorkFactory.class)
                                .create()
                                .executeWithResult(context ->
                                        handlers.handle(event, context).asCompletableFuture())
                                .join()));
    }

    @Override
    public void stop() {
        running = false;
        processors.stop();
        replays.close();
        publisher.ifPresent(Publisher::close);
        axon.shutdown();
        instances.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
