package menara.platform.eventsourcing;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.processing.MongoParkingLot;
import menara.eventstore.mongodb.processing.PublishedLog;
import menara.platform.web.StrictJson;
import menara.values.PublishedEvent;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.messaging.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.core.ClassBasedMessageTypeResolver;
import org.axonframework.messaging.core.MessageTypeResolver;
import org.axonframework.messaging.core.annotation.AnnotationMessageTypeResolver;
import org.axonframework.messaging.core.annotation.AnnotationMessageTypeResolver.AnnotationSpecification;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/** Wires Axon to Spring: what a service declares as beans becomes states, shells, followers and a publisher. */
@AutoConfiguration
@EnableConfigurationProperties(MenaraProperties.class)
class EventSourcingAutoConfiguration {

    /** Lifts old events while they are read; a service with a past declares its own. */
    @Bean
    @ConditionalOnMissingBean
    EventEvolution eventEvolution() {
        return EventEvolution.none();
    }

    @Bean(destroyMethod = "close")
    MongoClient mongoClient(MenaraProperties properties, ObjectProvider<CommandListener> listeners) {
        return Clients.of(
                properties.mongodb().uri(),
                properties.service(),
                listeners.orderedStream().toList());
    }

    @Bean
    MongoDatabase mongoDatabase(MongoClient client, MenaraProperties properties) {
        return Guarantees.on(client.getDatabase(properties.database()));
    }

    @Bean
    JsonConverter eventConverter(JsonMapper json) {
        return new JsonConverter(StrictJson.stored(json));
    }

    @Bean
    MessageTypeResolver messageTypeResolver() {
        var published = new AnnotationMessageTypeResolver(
                new ClassBasedMessageTypeResolver(),
                new AnnotationSpecification(PublishedEvent.class, "name", "version", "namespace"));
        return new AnnotationMessageTypeResolver(published);
    }

    @Bean
    EventTypes eventTypes(List<EventSourcedState<?, ?, ?>> states) {
        return new EventTypes(states);
    }

    @Bean(destroyMethod = "close")
    MongoEventStorageEngine eventStorageEngine(
            MongoDatabase database,
            JsonConverter converter,
            EventEvolution evolution,
            LogListener listener,
            Clock clock) {
        return MongoEventStorageEngine.builder(database, converter)
                .evolution(evolution)
                .listener(listener)
                .clock(clock)
                .open();
    }

    @Bean
    PastStates pastStates(MongoEventStorageEngine engine, EventTypes types, JsonConverter converter) {
        return new PastStates(engine, types, converter);
    }

    @Bean(destroyMethod = "close")
    ForeignLogs foreignLogs(MenaraProperties properties, MongoClient client, EventEvolution evolution) {
        return new ForeignLogs(properties, client, evolution);
    }

    @Bean
    MongoParkingLot parkingLot(MongoDatabase database, JsonConverter converter, Clock clock) {
        return new MongoParkingLot(database, "parked", converter, clock);
    }

    @Bean
    ProjectionProgress projectionProgress(MongoEventStorageEngine engine, Instances instances) {
        return new ProjectionProgress(engine::head, instances);
    }

    @Bean(destroyMethod = "")
    Instances instances(MenaraProperties properties, MongoDatabase database, Clock clock) {
        // Unique among all instances that share the token store.
        var owner = properties.service() + "-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID();
        return new Instances(database, owner, properties.processors().claimTimeout(), clock);
    }

    @Bean
    AxonConfiguration axonConfiguration(
            ApplicationContext context,
            MongoEventStorageEngine engine,
            JsonConverter converter,
            MessageTypeResolver names,
            EventTypes types,
            List<EventSourcedState<?, ?, ?>> states,
            ProcessorFactory processors) {
        return AxonAssembly.assemble(context, engine, converter, names, types, states, processors);
    }

    @Bean
    ProcessorFactory processorFactory(
            MenaraProperties properties,
            MongoDatabase database,
            MongoEventStorageEngine engine,
            ForeignLogs foreignLogs,
            MongoParkingLot lot,
            JsonConverter converter,
            EventTypes types,
            Clock clock,
            Instances instances) {
        return new ProcessorFactory(
                properties.processors(), database, engine, foreignLogs, lot, converter, types, clock, instances);
    }

    @Bean
    Commands commands(
            ObjectProvider<AxonConfiguration> axon, ProjectionProgress progress, MongoEventStorageEngine engine) {
        // Looked up when first used, because shells and policies that Axon is built from may ask for commands
        // themselves.
        return new AxonCommands(
                SingletonSupplier.of(() -> axon.getObject().getComponent(CommandGateway.class)), progress, engine);
    }

    @Bean(destroyMethod = "")
    @ConditionalOnBean(Publication.class)
    Publisher publisher(
            MongoDatabase database,
            MongoEventStorageEngine engine,
            Publication publication,
            EventTypes types,
            JsonConverter converter,
            MessageTypeResolver names,
            Clock clock) {
        var published = PublishedLog.open(
                database,
                Publisher.LOG,
                ReadStrategy.AUTO,
                converter,
                Limits.DEFAULT.withRecentCommitsBytes(1 << 20),
                clock);
        return new Publisher(engine, published, publication, types, converter, names);
    }

    @Bean
    EventSourcingLifecycle eventSourcingLifecycle(
            AxonConfiguration axon,
            ProcessorFactory processors,
            ProjectionProgress progress,
            ObjectProvider<Publisher> publisher,
            MongoParkingLot lot,
            MongoDatabase database,
            Instances instances,
            Clock clock) {
        return new EventSourcingLifecycle(
                axon,
                processors,
                progress,
                instances,
                Optional.ofNullable(publisher.getIfAvailable()),
                lot,
                database,
                clock);
    }

    @Bean(destroyMethod = "")
    ParkedReplays parkedReplays(EventSourcingLifecycle lifecycle) {
        return lifecycle.replays();
    }
}
