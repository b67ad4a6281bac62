package menara.gateway.edge;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One id from the first request through every event and log line it causes. */
public final class CorrelationId {

    public static final String HEADER = "X-Correlation-Id";

    /** Its name in log lines. */
    static final String LOG_KEY = "correlationId";

    // Only the form of a UUID: what a client chooses ends up in the services' logs and events.
    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private CorrelationId() {}

    static String settle(@Nullable String offered) {
        return offered != null && FORM.matcher(offered).matches()
                ? offered
                : UUID.randomUUID().toString();
    }
}
