package menara.bench.eventstore;

import com.mongodb.client.MongoClients;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;

/** The other process of the tail bench: appends an event every few milliseconds, whose payload is the time before the append. */
final class TailWriter {

    private static final int MIN_PAUSE_MILLIS = 2;
    private static final int MAX_PAUSE_MILLIS = 8;

    private TailWriter() {}

    /** Arguments: connection string, database, number of events. */
    static void main(String[] arguments) throws InterruptedException, ExecutionException {
        int events = Integer.parseInt(arguments[2]);
        try (var client = MongoClients.create(arguments[0]);
                var engine = Rates.engine(client.getDatabase(arguments[1]))) {
            for (int i = 0; i < events; i++) {
                var payload = Long.toString(microsNow()).getBytes(StandardCharsets.UTF_8);
                var event = new GenericEventMessage("tail-" + i, Events.TYPE, payload, Map.of(), Instant.EPOCH);
                Events.append(
                        engine,
                        AppendCondition.none(),
                        List.of(new GenericTaggedEventMessage<>(event, Set.of(Events.tag(0)))));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextInt(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS + 1)));
            }
        }
    }

    /** Of the wall clock, which both processes share. */
    static long microsNow() {
        var now = Instant.now();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    }
}
