package menara.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code ./menara down} and {@code ./menara reset}. */
final class Down {

    private static final String NOTHING = "Nothing was running.";

    /** An aborted start stops what it has started, politely. */
    private static final Duration LOCK_LIMIT = Duration.ofMinutes(1);

    private final Settings settings;
    private final State state;
    private final Console console = new Console(System.out);

    Down(Settings settings, State state) {
        this.settings = settings;
        this.state = state;
    }

    int stop() throws IOException, InterruptedException {
        if (!Files.isDirectory(state.records())) {
            console.say(NOTHING);
            return 0;
        }
        state.beginStopping(); // which ends a start that is under way
        List<String> stopped;
        // With the lock: a supervisor that ended in the midst of a start would leave behind what it had not yet written
        // down.
        try (var _ = state.lock(LOCK_LIMIT)) {
            List<Part> parts =
                    new ArrayList<>(LocalParts.toLookAt(settings, state).every());
            parts.add(LocalParts.supervisor());
            stopped = new ArrayList<>(new Running(state, Running.POLITE_LIMIT).stop(parts));
            stopped.remove(Supervisor.NAME);
            state.endStopping();
        }
        console.say(stopped.isEmpty() ? NOTHING : "stopped " + String.join(", ", stopped));
        return 0;
    }

    /**
     * @param agreed whether the command line agreed to remove the data
     * @param answers where a person answers, if there is one
     */
    int reset(boolean agreed, Optional<BufferedReader> answers) throws IOException, InterruptedException {
        if (!Files.isDirectory(state.directory())) {
            console.say("There is nothing to remove.");
            return 0;
        }
        state.requireOurs();
        if (!agreed && !isAgreed(answers)) {
            return 1;
        }
        stop();
        var left = state.remove();
        console.say("removed data, logs and secrets in " + state.directory()
                + (left.isEmpty() ? "" : "; not made by Menara and left there: " + String.join(", ", left)));
        return 0;
    }

    private boolean isAgreed(Optional<BufferedReader> answers) throws IOException {
        if (answers.isEmpty()) {
            throw new LauncherFailure("reset removes all data, logs and secrets in " + state.directory()
                    + ". There is no terminal to ask at: use ./menara reset --yes");
        }
        console.ask("Stop Menara and remove all data, logs and secrets in " + state.directory() + "? [y/N] ");
        var answer = answers.get().readLine();
        boolean agreed =
                answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        if (!agreed) {
            console.say("Nothing was removed.");
        }
        return agreed;
    }
}
