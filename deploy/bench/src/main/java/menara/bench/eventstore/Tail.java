package menara.bench.eventstore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import menara.bench.Child;
import menara.bench.Latencies;
import menara.bench.Server;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.StreamingCondition;

/** How long after an append began in another process a reader who waits for it in this one has the event. */
final class Tail {

    private static final String DATABASE = "tail";
    private static final String HEAP = "256m";
    private static final int WARM_UP_EVENTS = 200;
    private static final int EVENTS = 1_000;
    private static final long LIMIT_SECONDS = 30;

    private Tail() {}

    static Latencies measure(Server server) throws IOException, InterruptedException {
        var latencies = new Latencies();
        var news = new Semaphore(0);
        try (var engine = Rates.engine(server.database(DATABASE))) {
            var first = engine.firstToken(null).join();
            var stream = engine.stream(StreamingCondition.startingFrom(first), null);
            stream.setCallback(news::release);
            try (var _ = Child.java(
                    HEAP, TailWriter.class, server.uri(), DATABASE, Integer.toString(WARM_UP_EVENTS + EVENTS))) {
                for (int seen = 0; seen < WARM_UP_EVENTS + EVENTS; ) {
                    if (!news.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                        throw new IllegalStateException(
                                "no news for %d s, %s".formatted(LIMIT_SECONDS, stream.error()));
                    }
                    news.drainPermits();
                    for (var entry = stream.next(); entry.isPresent(); entry = stream.next()) {
                        if (seen++ >= WARM_UP_EVENTS) {
                            latencies.add(age(entry.get().message()));
                        }
                    }
                }
            }
        } finally {
            server.database(DATABASE).drop();
        }
        return latencies;
    }

    private static long age(EventMessage event) {
        long began = Long.parseLong(new String((byte[]) event.payload(), StandardCharsets.UTF_8));
        return TimeUnit.MICROSECONDS.toNanos(TailWriter.microsNow() - began);
    }
}
