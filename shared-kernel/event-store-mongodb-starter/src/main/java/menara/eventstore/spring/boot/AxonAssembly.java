package menara.eventstore.spring.boot;

import java.util.List;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.Correlation;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.processing.Followers;
import menara.eventstore.spring.processing.ProcessorFactory;
import menara.eventstore.spring.state.EventTypes;
import menara.eventstore.spring.state.StateRepository;
import menara.eventstore.spring.state.StateSnapshots;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.core.MessageTypeResolver;
import org.axonframework.messaging.core.correlation.SimpleCorrelationDataProvider;
import org.axonframework.modelling.StateManager;
import org.springframework.context.ApplicationContext;

/**
 * Builds Axon's configuration from an application's beans. It depends on two internals of Axon: {@code EventStorageEngine}, as the key
 * under which the engine is registered, and the name of its update checker.
 */
final class AxonAssembly {

    private static final String UPDATE_CHECKER = "org.axonframework.update.UpdateCheckerConfigurationEnhancer";

    private AxonAssembly() {}

    static AxonConfiguration assemble(
            ApplicationContext context,
            MongoEventStorageEngine engine,
            Converter converter,
            MessageTypeResolver names,
            EventTypes types,
            List<EventSourcedState<?, ?, ?>> states,
            StateSnapshots snapshots,
            ProcessorFactory processors) {
        var configurer = EventSourcingConfigurer.create();
        // It contacts its maker, and the property that disables it can be forgotten.
        configurer.componentRegistry(registry -> registry.disableEnhancer(UPDATE_CHECKER));
        configurer.componentRegistry(registry -> registry.registerComponent(EventStorageEngine.class, _ -> engine)
                .registerComponent(Converter.class, _ -> converter)
                .registerComponent(MessageTypeResolver.class, _ -> names)
                .registerDecorator(StateManager.class, 0, (axon, _, manager) -> {
                    states.forEach(state -> manager.register(
                            repository(state, axon.getComponent(EventStore.class), types, converter, snapshots)));
                    return manager;
                }));
        context.getBeansWithAnnotation(CommandShell.class)
                .forEach((name, shell) -> configurer.registerCommandHandlingModule(CommandHandlingModule.named(name)
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(_ -> shell)));
        configurer.messaging(messaging -> {
            messaging.registerCorrelationDataProvider(_ -> new SimpleCorrelationDataProvider(Correlation.KEY));
            messaging.eventProcessing(processing -> processing.pooledStreaming(pooled -> {
                Followers.find(context, types).forEach(follower -> pooled.processor(processors.module(follower)));
                return pooled;
            }));
        });
        return configurer.build();
    }

    private static <I, S, E> StateRepository<I, S, E> repository(
            EventSourcedState<I, S, E> state,
            EventStore store,
            EventTypes types,
            Converter converter,
            StateSnapshots snapshots) {
        return new StateRepository<>(state, store, types, converter, snapshots);
    }
}
