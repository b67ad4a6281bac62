package menara.local;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import menara.keycloak.Directories;

/** {@code ./menara down} and {@code ./menara reset}. */
final class Down {

    private final Settings settings;
    private final State state;
    private final Console console = new Console(System.out);

    Down(Settings settings, State state) {
        this.settings = settings;
        this.state = state;
    }

    int stop() throws IOException {
        List<String> stopped = new Running(state, Running.POLITE_LIMIT)
                .stop(LocalParts.toLookAt(settings, state).every());
        console.say(stopped.isEmpty() ? "Nothing was running." : "stopped " + String.join(", ", stopped));
        return 0;
    }

    int reset() throws IOException {
        stop();
        if (!Files.isDirectory(state.directory())) {
            console.say("There is nothing to remove.");
            return 0;
        }
        Directories.delete(state.directory());
        console.say("removed " + state.directory() + ": data, logs and secrets");
        return 0;
    }
}
