package menara.billing;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.ForeignLog;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.PublishedLog;
import menara.eventstore.mongodb.ReadStrategy;
import menara.values.PublishedEvent;
import org.awaitility.Awaitility;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.springframework.context.ApplicationContext;

/** Real published logs: those of the neighbours, which tests write, and billing's own, which they read. */
final class Logs {

    private static final String LOG = "published";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Map<String, String> FOLLOWERS = Map.of(
            "when-reservation-activated-then-meter-racks", "capacity",
            "when-availability-missed-then-grant-credit", "operations");

    private static final List<String> OWN =
            List.of("price-plans", "contracts", "allocations", "credits", "when-charges-change-then-settle");

    private final MongoEventStorageEngine engine;
    private final MongoDatabase own;
    private final MongoClient client;
    private final Converter converter;
    private final AxonConfiguration axon;
    private final Clock clock;

    Logs(ApplicationContext context) {
        this.engine = context.getBean(MongoEventStorageEngine.class);
        this.own = context.getBean(MongoDatabase.class);
        this.client = context.getBean(MongoClient.class);
        this.converter = context.getBean(Converter.class);
        this.axon = context.getBean(AxonConfiguration.class);
        this.clock = context.getBean(Clock.class);
    }

    static String databaseOf(String service) {
        return "test_menara_" + service;
    }

    /** A neighbour publishes an event, and billing has done with it what it does. */
    void publish(Object event) {
        var name = Objects.requireNonNull(event.getClass().getAnnotation(PublishedEvent.class));
        var service = name.namespace().substring(name.namespace().indexOf('.') + 1);
        EventMessage message = new GenericEventMessage(
                new MessageType(name.namespace(), name.name(), name.version()), event, Map.of());
        try (var log = published(client.getDatabase(databaseOf(service)))) {
            while (true) {
                var state = log.state();
                if (log.append(state, List.of(message), state.progress() + 1)) {
                    break;
                }
            }
        }
        awaitQuiet();
    }

    /** Waits until everything written so far was followed by all that follows it. */
    void awaitQuiet() {
        FOLLOWERS.forEach((follower, service) -> {
            try (var log = published(client.getDatabase(databaseOf(service)))) {
                awaitPosition(follower, log.state().head());
            }
        });
        OWN.forEach(follower -> awaitPosition(follower, engine.head()));
    }

    private void awaitPosition(String follower, long position) {
        Awaitility.await(follower)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> processor(follower).processingStatus().values().stream()
                        .anyMatch(status -> status.getCurrentPosition().orElse(0) >= position));
    }

    private PooledStreamingEventProcessor processor(String name) {
        return axon.getModuleConfiguration(name)
                .map(module -> module.getComponent(PooledStreamingEventProcessor.class, name))
                .orElseGet(() -> axon.getComponent(PooledStreamingEventProcessor.class, name));
    }

    /** Everything of a type that billing published, in order. */
    <T> List<T> published(Class<T> type) {
        var name = Objects.requireNonNull(type.getAnnotation(PublishedEvent.class));
        try (var log = published(own)) {
            Awaitility.await("publisher").atMost(LIMIT).until(() -> isPublishedUpTo(log, engine.head()));
        }
        var found = new ArrayList<T>();
        try (var log = ForeignLog.open(own, LOG, ReadStrategy.AUTO, EventEvolution.none(), Limits.DEFAULT)) {
            var events = log.open(StreamingCondition.startingFrom(new GlobalSequenceTrackingToken(0)), null);
            for (long read = 0; read < log.head(); read++) {
                var event = Awaitility.await("event").atMost(LIMIT).until(events::next, java.util.Optional::isPresent);
                var message = event.orElseThrow().message();
                if (message.type().qualifiedName().localName().equals(name.name())) {
                    found.add(Objects.requireNonNull(message.payloadAs(type, converter)));
                }
            }
            events.close();
        }
        return found;
    }

    /** The publisher notes its progress with what it publishes; what brings no publication it does not note. */
    private static boolean isPublishedUpTo(PublishedLog log, long head) {
        return log.state().progress() >= head;
    }

    private PublishedLog published(MongoDatabase database) {
        return PublishedLog.open(database, LOG, ReadStrategy.AUTO, converter, Limits.DEFAULT, clock);
    }
}
