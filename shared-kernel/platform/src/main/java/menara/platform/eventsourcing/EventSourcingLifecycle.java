package menara.platform.eventsourcing;

import java.util.Optional;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.messaging.core.annotation.ParameterResolverFactory;
import org.axonframework.messaging.core.unitofwork.UnitOfWorkFactory;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.annotation.AnnotatedEventHandlingComponent;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessor;
import org.springframework.context.SmartLifecycle;

/** Starts the processors and the publisher when all beans are there, and stops them before any is gone. */
final class EventSourcingLifecycle implements SmartLifecycle {

    private final AxonConfiguration axon;
    private final ProcessorFactory processors;
    private final ProjectionProgress progress;
    private final Optional<Publisher> publisher;
    private volatile boolean running;

    EventSourcingLifecycle(
            AxonConfiguration axon,
            ProcessorFactory processors,
            ProjectionProgress progress,
            Optional<Publisher> publisher) {
        this.axon = axon;
        this.processors = processors;
        this.progress = progress;
        this.publisher = publisher;
    }

    @Override
    public void start() {
        axon.start();
        processors.followers().stream()
                .filter(Followers.Follower::followsOwnLog)
                .forEach(follower -> progress.follow(processor(follower.name())));
        publisher.ifPresent(Publisher::start);
        running = true;
    }

    /** The running processor of a follower. */
    PooledStreamingEventProcessor processor(String name) {
        return axon.getModuleConfiguration(name)
                .map(module -> module.getComponent(PooledStreamingEventProcessor.class, name))
                .orElseGet(() -> axon.getComponent(PooledStreamingEventProcessor.class, name));
    }

    /** Hands one event to a follower outside of its processor, in a unit of work of its own. */
    void handle(Followers.Follower follower, EventMessage event) {
        var handlers = new AnnotatedEventHandlingComponent<>(
                follower.bean(), axon.getComponent(ParameterResolverFactory.class));
        var correlation = event.metadata().getOrDefault(Correlation.KEY, event.identifier());
        Correlation.run(
                correlation,
                () -> Handling.run(() -> axon.getComponent(UnitOfWorkFactory.class)
                        .create()
                        .executeWithResult(
                                context -> handlers.handle(event, context).asCompletableFuture())
                        .join()));
    }

    @Override
    public void stop() {
        running = false;
        publisher.ifPresent(Publisher::close);
        axon.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
