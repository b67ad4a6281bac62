package menara.testkit;

import com.mongodb.client.MongoDatabase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.processing.ForeignLog;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.StreamingCondition;

/** What lies in a log, read as a stranger to the service reads it. */
public final class StoredLog {

    private StoredLog() {}

    /**
     * All events up to now, in order.
     *
     * @param log {@code events} or {@code published}
     */
    public static List<EventMessage> read(MongoDatabase database, String log) {
        try (var opened = ForeignLog.open(database, log, ReadStrategy.AUTO, EventEvolution.none(), Limits.DEFAULT)) {
            var stream = opened.open(
                    StreamingCondition.startingFrom(opened.firstToken(null).join()), null);
            var events = new ArrayList<EventMessage>();
            for (var next = stream.next(); next.isPresent(); next = stream.next()) {
                events.add(next.get().message());
            }
            stream.error().ifPresent(e -> {
                throw new IllegalStateException(log + " cannot be read", e);
            });
            return events;
        }
    }

    /** The payload as it is stored. */
    public static String json(EventMessage event) {
        return new String(event.payloadAs(byte[].class), StandardCharsets.UTF_8);
    }
}
