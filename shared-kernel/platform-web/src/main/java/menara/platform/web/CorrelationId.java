package menara.platform.web;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/** One id from the first request through every event and log line it causes. */
public final class CorrelationId {

    public static final String HEADER = "X-Correlation-Id";

    /** Its name in log lines, in problems, and in the metadata of events. */
    public static final String LOG_KEY = "correlationId";

    // Only the form of a UUID, because a value chosen by a client ends up in logs and events.
    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private CorrelationId() {}

    /** The id sent by a caller, if it has the right form; else a new one. */
    public static String settle(Optional<String> offered, Supplier<UUID> newId) {
        return offered.filter(id -> FORM.matcher(id).matches())
                .orElseGet(() -> newId.get().toString());
    }

    /** The id of the request that this thread is working on. */
    static Optional<String> current() {
        return Optional.ofNullable(MDC.get(LOG_KEY));
    }
}
