package menara.demo;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** What the demo says to the person who runs it. */
final class Console {

    private final PrintStream out;
    private int step;

    Console(PrintStream out) {
        this.out = out;
    }

    void step(String title) {
        out.printf("%n%d. %s%n", ++step, title);
    }

    void say(String format, @Nullable Object... arguments) {
        out.println("   " + format.formatted(arguments));
    }
}
