package menara.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** One line per thing that happens, with the part in front. */
record Console(PrintStream out) {

    private static final double MILLIS_PER_SECOND = 1_000;

    void part(String name, String what) {
        say(String.format(Locale.ROOT, "%-13s %s", name, what));
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Leaves the cursor behind the question. */
    void ask(String question) {
        out.print(question);
        out.flush();
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MILLIS_PER_SECOND);
    }
}
