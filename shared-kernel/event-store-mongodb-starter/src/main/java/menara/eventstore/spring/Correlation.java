package menara.eventstore.spring;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * The id that runs from the first request through every event, projection row and log line it causes. It travels in the logging
 * context of a thread, in the metadata of commands and events, and in the header {@value #HEADER}.
 */
public final class Correlation {

    public static final String HEADER = "X-Correlation-Id";

    /** Key in the logging context and in message metadata. */
    public static final String KEY = "correlationId";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{8,64}");

    private Correlation() {}

    /** What a caller sent, if it is harmless in a log line; else a new id. */
    public static String accept(Optional<String> sent, java.util.function.Supplier<UUID> newId) {
        return sent.filter(id -> FORM.matcher(id).matches())
                .orElseGet(() -> newId.get().toString());
    }

    /** The id of what this thread is working on. */
    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(KEY));
    }

    /** Runs {@code work} under {@code id} and restores what was before. */
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
