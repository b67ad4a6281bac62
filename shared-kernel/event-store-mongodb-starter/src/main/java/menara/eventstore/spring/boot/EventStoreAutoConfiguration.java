package menara.eventstore.spring.boot;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import java.time.Clock;
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
import menara.eventstore.mongodb.snapshots.MongoSnapshots;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.EventConverter;
import menara.eventstore.spring.EventNames;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.Publication;
import menara.eventstore.spring.PublishedIds;
import menara.eventstore.spring.Refusals;
import menara.eventstore.spring.command.AxonCommands;
import menara.eventstore.spring.connect.Clients;
import menara.eventstore.spring.connect.EventStoreProperties;
import menara.eventstore.spring.processing.EventStoreLifecycle;
import menara.eventstore.spring.processing.ForeignLogs;
import menara.eventstore.spring.processing.Instances;
import menara.eventstore.spring.processing.ParkedReplays;
import menara.eventstore.spring.processing.ProcessorFactory;
import menara.eventstore.spring.processing.ProjectionProgress;
import menara.eventstore.spring.publish.Publisher;
import menara.eventstore.spring.read.Handling;
import menara.eventstore.spring.state.CurrentStates;
import menara.eventstore.spring.state.EventTypes;
import menara.eventstore.spring.state.PastStates;
import menara.eventstore.spring.state.StateSnapshots;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.messaging.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.core.ClassBasedMessageTypeResolver;
import org.axonframework.messaging.core.MessageTypeResolver;
import org.axonframework.messaging.core.annotation.AnnotationMessageTypeResolver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Wires Axon to Spring: what an application declares as beans becomes states, shells, followers and a publisher. */
@AutoConfiguration(after = JacksonAutoConfiguration.class)
@EnableConfigurationProperties(EventStoreProperties.class)
class EventStoreAutoConfiguration {

    /** Lifts old events while they are read; a service with a past declares its own. */
    @Bean
    @ConditionalOnMissingBean
    EventEvolution eventEvolution() {
        return EventEvolution.none();
    }

    @Bean(destroyMethod = "close")
    MongoClient mongoClient(EventStoreProperties properties, ObjectProvider<CommandListener> listeners) {
        return Clients.of(
                properties.uri(),
                properties.application(),
                listeners.orderedStream().toList());
    }

    @Bean
    MongoDatabase mongoDatabase(MongoClient client, EventStoreProperties properties) {
        return Guarantees.on(client.getDatabase(properties.database()));
    }

    /** Events as JSON. Unknown fields are ignored, because a newer writer may add fields to an event. */
    @Bean
    @ConditionalOnMissingBean
    EventConverter eventConverter(JsonMapper json) {
        return EventConverter.json(json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());
    }

    @Bean
    @ConditionalOnMissingBean
    MessageTypeResolver messageTypeResolver() {
        return new AnnotationMessageTypeResolver(new ClassBasedMessageTypeResolver());
    }

    @Bean
    @ConditionalOnMissingBean
    EventNames eventNames() {
        return EventNames::annotated;
    }

    @Bean
    @ConditionalOnMissingBean
    Refusals commandRefusals() {
        return Refusals.NONE;
    }

    @Bean
    @ConditionalOnMissingBean
    PublishedIds publishedIds() {
        return PublishedIds.HASHED;
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EventTypes eventTypes(EventNames names, ObjectProvider<EventSourcedState<?, ?, ?>> states) {
        return new EventTypes(names, states.orderedStream().toList());
    }

    @Bean(destroyMethod = "close")
    MongoEventStorageEngine eventStorageEngine(
            MongoDatabase database,
            EventConverter converter,
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
    PastStates pastStates(MongoEventStorageEngine engine, EventTypes types, EventConverter converter) {
        return new PastStates(engine, types, converter);
    }

    @Bean
    CurrentStates currentStates(ObjectProvider<AxonConfiguration> axon, MongoEventStorageEngine engine) {
        // Looked up when first used, because shells and policies that Axon is built from may query states themselves.
        return new CurrentStates(SingletonSupplier.of(axon::getObject), engine, Handling::writeGathered);
    }

    @Bean(destroyMethod = "close")
    StateSnapshots stateSnapshots(MongoDatabase database, MongoEventStorageEngine engine) {
        return new StateSnapshots(new MongoSnapshots(database, "snapshots", engine));
    }

    @Bean(destroyMethod = "close")
    ForeignLogs foreignLogs(EventStoreProperties properties, MongoClient client, EventEvolution evolution) {
        return new ForeignLogs(properties, client, evolution);
    }

    @Bean
    MongoParkingLot parkingLot(MongoDatabase database, EventConverter converter, Clock clock) {
        return new MongoParkingLot(database, "parked", converter, clock);
    }

    @Bean
    ProjectionProgress projectionProgress(MongoEventStorageEngine engine, Instances instances) {
        return new ProjectionProgress(engine::head, instances);
    }

    @Bean(destroyMethod = "")
    Instances instances(EventStoreProperties properties, MongoDatabase database, Clock clock) {
        // Unique among all instances that share the token store.
        var owner = properties.application() + "-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID();
        return new Instances(database, owner, properties.processors().claimTimeout(), clock);
    }

    @Bean
    AxonConfiguration axonConfiguration(
            ApplicationContext context,
            MongoEventStorageEngine engine,
            EventConverter converter,
            MessageTypeResolver names,
            EventTypes types,
            ObjectProvider<EventSourcedState<?, ?, ?>> states,
            StateSnapshots snapshots,
            ProcessorFactory processors) {
        return AxonAssembly.assemble(
                context, engine, converter, names, types, states.orderedStream().toList(), snapshots, processors);
    }

    @Bean
    ProcessorFactory processorFactory(
            EventStoreProperties properties,
            MongoDatabase database,
            MongoEventStorageEngine engine,
            ForeignLogs foreignLogs,
            MongoParkingLot lot,
            EventConverter converter,
            EventTypes types,
            Clock clock,
            Instances instances) {
        return new ProcessorFactory(
                properties.processors(), database, engine, foreignLogs, lot, converter, types, clock, instances);
    }

    @Bean
    Commands commands(
            ObjectProvider<AxonConfiguration> axon,
            ProjectionProgress progress,
            MongoEventStorageEngine engine,
            Refusals refusals) {
        // Looked up when first used, because shells and policies that Axon is built from may ask for commands
        // themselves.
        return new AxonCommands(
                SingletonSupplier.of(() -> axon.getObject().getComponent(CommandGateway.class)),
                progress,
                engine,
                refusals);
    }

    @Bean(destroyMethod = "")
    @ConditionalOnBean(Publication.class)
    Publisher publisher(
            MongoDatabase database,
            MongoEventStorageEngine engine,
            Publication publication,
            EventTypes types,
            EventConverter converter,
            MessageTypeResolver names,
            PublishedIds ids,
            Clock clock) {
        var published = PublishedLog.open(
                database,
                Publisher.LOG,
                engine,
                ReadStrategy.AUTO,
                converter,
                Limits.DEFAULT.withRecentCommitsBytes(1 << 20),
                clock);
        return new Publisher(engine, published, publication, types, converter, names, ids);
    }

    @Bean
    EventStoreLifecycle eventSourcingLifecycle(
            AxonConfiguration axon,
            ProcessorFactory processors,
            ProjectionProgress progress,
            ObjectProvider<Publisher> publisher,
            MongoParkingLot lot,
            MongoDatabase database,
            Instances instances,
            Clock clock) {
        return new EventStoreLifecycle(
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
    ParkedReplays parkedReplays(EventStoreLifecycle lifecycle) {
        return lifecycle.replays();
    }
}
