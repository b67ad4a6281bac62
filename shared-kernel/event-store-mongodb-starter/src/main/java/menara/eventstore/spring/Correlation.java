package menara.eventstore.spring;

import java.util.Optional;
import org.slf4j.MDC;

/**
 * The id that runs from the first request through every event, projection row and log line it causes. The code that receives requests puts
 * it into the logging context of the thread; from there it goes into the metadata of commands and events.
 */
public final class Correlation {

    /** Key in the logging context and in message metadata. */
    public static final String KEY = "correlationId";

    private Correlation() {}

    /** The id of this thread's present work. */
    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(KEY));
    }

    /** Runs {@code work} under {@code id} and restores the id from before. */
    public static void run(String id, Runnable work) {
        var before = MDC.get(KEY);
        MDC.put(KEY, id);
        try {
            work.run();
        } finally {
            if (before == null) {
                MDC.remove(KEY);
            } else {
                MDC.put(KEY, before);
            }
        }
    }
}
