package menara.eventstore.mongodb;

import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static menara.eventstore.mongodb.TestEvents.tagged;

import com.mongodb.client.MongoClients;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;

/**
 * The process that is killed while it appends. Each thread appends transactions one after the other and says so once each is
 * acknowledged. The payload of an event is {@code run/thread/transaction/event/events of the transaction}.
 */
final class KillWriter {

    private static final int THREADS = 8;
    private static final int MAX_EVENTS = 4;

    private KillWriter() {}

    public static void main(String[] arguments) {
        var uri = arguments[0];
        var run = arguments[1];
        var engine = MongoEventStorageEngine.builder(MongoClients.create(uri).getDatabase("kill"), CONVERTER)
                .open();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (int thread = 0; thread < THREADS; thread++) {
                var prefix = run + "/" + thread;
                threads.submit(() -> append(engine, prefix));
            }
        }
    }

    private static void append(MongoEventStorageEngine engine, String prefix) {
        try {
            for (int transaction = 0; ; transaction++) {
                int count = 1 + transaction % MAX_EVENTS;
                var events = new ArrayList<TaggedEventMessage<?>>();
                for (int event = 0; event < count; event++) {
                    events.add(tagged(prefix + "/" + transaction + "/" + event + "/" + count));
                }
                TestEvents.append(engine, AppendCondition.none(), events);
                System.out.println("stored " + prefix + "/" + transaction);
            }
        } catch (InterruptedException | ExecutionException e) {
            System.out.println("ended " + prefix + " " + e);
        }
    }
}
