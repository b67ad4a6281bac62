package menara.billing;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.ForeignLog;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.PublishedLog;
import menara.eventstore.mongodb.ReadStrategy;
import menara.testkit.NeighbourLog;
import menara.testkit.RunningService;
import menara.values.PublishedEvent;
import org.awaitility.Awaitility;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;

/** Real published logs: those of the neighbours, which tests write, and billing's own, which they read. */
final class Logs {

    private static final String LOG = "published";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Map<String, String> FOLLOWERS = Map.of(
            "when-reservation-activated-then-meter-racks", "capacity",
            "when-availability-missed-then-grant-credit", "operations");

    private static final List<String> OWN =
            List.of("price-plans", "contracts", "allocations", "credits", "when-charges-change-then-settle");

    private final Map<String, NeighbourLog> neighbours;
    private final MongoEventStorageEngine engine;
    private final MongoDatabase own;
    private final MongoClient client;
    private final Converter converter;
    private final AxonConfiguration axon;
    private final Clock clock;

    Logs(RunningService service, Clock clock) {
        this.engine = service.bean(MongoEventStorageEngine.class);
        this.own = service.bean(MongoDatabase.class);
        this.client = service.mongo();
        this.converter = service.bean(Converter.class);
        this.axon = service.bean(AxonConfiguration.class);
        this.clock = clock;
        this.neighbours = Map.of(
                "capacity", new NeighbourLog(client, "capacity", clock),
                "operations", new NeighbourLog(client, "operations", clock));
    }

    /** A neighbour publishes an event, and billing has done with it what it does. */
    void publish(Object event) {
        var name = Objects.requireNonNull(event.getClass().getAnnotation(PublishedEvent.class));
        var service = name.namespace().substring(name.namespace().indexOf('.') + 1);
        Objects.requireNonNull(neighbours.get(service)).publish(event);
        awaitQuiet();
    }

    /** Waits until everything written so far was followed by all that follows it. */
    void awaitQuiet() {
        FOLLOWERS.forEach((follower, service) -> {
            try (var log = published(client.getDatabase("menara_" + service))) {
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
        var found = new ArrayList<T>();
        try (var log = ForeignLog.open(own, LOG, ReadStrategy.AUTO, EventEvolution.none(), Limits.DEFAULT)) {
            var events = log.open(StreamingCondition.startingFrom(new GlobalSequenceTrackingToken(0)), null);
            for (long read = 0; read < log.head(); read++) {
                var event = Awaitility.await("event").atMost(LIMIT).until(events::next, Optional::isPresent);
                var message = event.orElseThrow().message();
                if (message.type().qualifiedName().localName().equals(name.name())) {
                    found.add(Objects.requireNonNull(message.payloadAs(type, converter)));
                }
            }
            events.close();
        }
        return found;
    }

    private PublishedLog published(MongoDatabase database) {
        return PublishedLog.open(database, LOG, ReadStrategy.AUTO, converter, Limits.DEFAULT, clock);
    }
}
