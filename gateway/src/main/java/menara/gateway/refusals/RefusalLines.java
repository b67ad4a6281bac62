package menara.gateway.refusals;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/** How many lines each kind of refusal may take; lines left out are counted and reported later. */
final class RefusalLines {

    /** What was refused: authentication, authorization, a limit, or the form. */
    enum Kind {
        AUTHENTICATION,
        AUTHORIZATION,
        LIMIT,
        FORM
    }

    static final int LINES = 20;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final class Window {
        private Instant end = Instant.MIN;
        private int lines;
        private long leftOut;
    }

    private final InstantSource clock;
    private final Map<Kind, Window> windows = new EnumMap<>(Kind.class);

    RefusalLines(InstantSource clock) {
        this.clock = clock;
    }

    /** How many were left out since the last line, if there is a line for this one; else it is left out, too. */
    synchronized OptionalLong next(Kind kind) {
        Window window = windows.computeIfAbsent(kind, _ -> new Window());
        Instant now = clock.instant();
        if (!now.isBefore(window.end)) {
            window.end = now.plus(WINDOW);
            window.lines = 0;
        }
        if (window.lines == LINES) {
            window.leftOut++;
            return OptionalLong.empty();
        }
        window.lines++;
        long leftOut = window.leftOut;
        window.leftOut = 0;
        return OptionalLong.of(leftOut);
    }
}
