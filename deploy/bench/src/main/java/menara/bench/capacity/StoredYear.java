package menara.bench.capacity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import menara.bench.Server;
import menara.capacity.boundary.CampusEvent;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.platform.web.ValuesJacksonModule;
import org.axonframework.conversion.PassThroughConverter;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.eventsourcing.eventstore.AnnotationBasedTagResolver;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.bson.Document;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** A full year in the service's log, read by all its followers, and how soon a restarted service answers on it. */
final class StoredYear {

    private static final int BATCH = 500;
    private static final int SETTLE_SECONDS = 120;
    private static final int POLL_MILLIS = 100;

    private StoredYear() {}

    static void store(List<CampusEvent> events, Server server) throws InterruptedException, ExecutionException {
        var json = JsonMapper.builder()
                .addModule(new ValuesJacksonModule())
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
        try (var engine = open(server)) {
            for (int from = 0; from < events.size(); from += BATCH) {
                var batch = events.subList(from, Math.min(from + BATCH, events.size())).stream()
                        .map(event -> tagged(event, json))
                        .toList();
                append(engine, batch);
            }
        }
    }

    private static void append(MongoEventStorageEngine engine, List<? extends TaggedEventMessage<?>> batch)
            throws InterruptedException, ExecutionException {
        engine.appendEvents(AppendCondition.none(), null, List.copyOf(batch))
                .get()
                .commit(null)
                .get();
    }

    /** The payload as the service would store it; the tags from the annotations of the event, {@link EventTag}. */
    private static TaggedEventMessage<?> tagged(CampusEvent event, JsonMapper json) {
        var name = event.getClass().getAnnotation(Event.class);
        var type = new MessageType(name.namespace(), name.name(), name.version());
        var tags = new AnnotationBasedTagResolver().resolve(new GenericEventMessage(type, event));
        return new GenericTaggedEventMessage<>(new GenericEventMessage(type, json.writeValueAsBytes(event)), tags);
    }

    /** Lets a service do its first work on a new log. */
    static void settle(Server server) throws InterruptedException {
        try (var engine = open(server);
                var service = new RunningCapacity(server)) {
            long head = engine.head();
            var others = service.followersOfOtherLogs();
            var tokens = server.database(RunningCapacity.DATABASE).getCollection("tokens");
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
            while (tokens.find().into(new ArrayList<>()).stream()
                    .filter(token -> !others.contains(processorOf(token)))
                    .anyMatch(token -> token.get("position") instanceof Number seen && seen.longValue() < head)) {
                if (System.nanoTime() > limit) {
                    throw new IllegalStateException(
                            "the service has not read its log within %d s".formatted(SETTLE_SECONDS));
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    /** A token is named after its processor and segment, {@code capacity-racks/0}. */
    private static String processorOf(Document token) {
        var id = String.valueOf(token.get("_id"));
        return id.substring(0, Math.max(0, id.lastIndexOf('/')));
    }

    private static MongoEventStorageEngine open(Server server) {
        return MongoEventStorageEngine.builder(server.database(RunningCapacity.DATABASE), PassThroughConverter.INSTANCE)
                .open();
    }

    /** Seconds from starting the service to its first answer that has seen all of the campus. */
    static double start(Server server) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (var service = new RunningCapacity(server)) {
            var risks = service.get("/risks");
            if (risks.statusCode() != 200 || !risks.body().contains("\"atRisk\":[]")) {
                throw new IllegalStateException("the campus was read as " + risks.body());
            }
            return (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
        }
    }
}
