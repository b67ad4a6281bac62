package menara.billing;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.processing.ForeignLog;
import menara.testkit.NeighbourLog;
import menara.testkit.RunningService;
import menara.values.PublishedEvent;
import org.awaitility.Awaitility;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.bson.Document;

/** Real published logs: those of the neighbours, which tests write, and billing's own, which they read. */
final class Logs {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Map<String, String> FOLLOWERS = Map.of(
            "when-reservation-activated-then-meter-racks", "capacity",
            "reservations", "capacity",
            "when-availability-missed-then-grant-credit", "operations");

    private static final List<String> OWN =
            List.of("price-plans", "contracts", "allocations", "credits", "when-charges-change-then-reassess-credits");

    private final Map<String, NeighbourLog> neighbours;
    private final Map<String, Long> heads = new ConcurrentHashMap<>();
    private final MongoEventStorageEngine engine;
    private final ForeignLog publishedByBilling;
    private final Converter converter;
    private final AxonConfiguration axon;
    private final MongoCollection<Document> tokens;

    Logs(RunningService service, Clock clock) {
        this.engine = service.bean(MongoEventStorageEngine.class);
        this.publishedByBilling = ForeignLog.open(
                service.bean(MongoDatabase.class),
                "published",
                ReadStrategy.AUTO,
                EventEvolution.none(),
                Limits.DEFAULT);
        this.converter = service.bean(Converter.class);
        this.axon = service.bean(AxonConfiguration.class);
        this.tokens = service.bean(MongoDatabase.class).getCollection("tokens");
        this.neighbours = Map.of(
                "capacity", new NeighbourLog(service.mongo(), "capacity", clock),
                "operations", new NeighbourLog(service.mongo(), "operations", clock));
    }

    /** A neighbour publishes an event, and billing has done with it what it does. */
    void publish(Object event) {
        var name = Objects.requireNonNull(event.getClass().getAnnotation(PublishedEvent.class));
        var service = name.namespace().substring(name.namespace().indexOf('.') + 1);
        Objects.requireNonNull(neighbours.get(service)).publish(event);
        heads.merge(service, 1L, Long::sum);
        awaitQuiet();
    }

    /** Waits until everything written so far was followed by all that follows it. */
    void awaitQuiet() {
        FOLLOWERS.forEach((follower, service) -> awaitPosition(follower, heads.getOrDefault(service, 0L)));
        OWN.forEach(follower -> awaitPosition(follower, engine.head()));
    }

    private void awaitPosition(String follower, long position) {
        Awaitility.await(follower)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    var segments = processor(follower).processingStatus().values();
                    return segments.size() == tokens.countDocuments(Filters.eq("processor", follower))
                            && segments.stream()
                                    .allMatch(status ->
                                            status.getCurrentPosition().orElse(0) >= position);
                });
    }

    private PooledStreamingEventProcessor processor(String name) {
        return axon.getModuleConfiguration(name)
                .map(module -> module.getComponent(PooledStreamingEventProcessor.class, name))
                .orElseGet(() -> axon.getComponent(PooledStreamingEventProcessor.class, name));
    }

    /** Everything of a type that billing has published so far, in order. */
    <T> List<T> published(Class<T> type) {
        var name =
                Objects.requireNonNull(type.getAnnotation(PublishedEvent.class)).name();
        var found = new ArrayList<T>();
        var events = publishedByBilling.open(StreamingCondition.startingFrom(new GlobalSequenceTrackingToken(0)), null);
        for (long left = publishedByBilling.head(); left > 0; left--) {
            var message = Awaitility.await("published event")
                    .atMost(LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(events::next, Optional::isPresent)
                    .orElseThrow()
                    .message();
            if (message.type().qualifiedName().localName().equals(name)) {
                found.add(Objects.requireNonNull(message.payloadAs(type, converter)));
            }
        }
        events.close();
        return found;
    }
}
