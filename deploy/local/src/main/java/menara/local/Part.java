package menara.local;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One process of Menara, as data, so that a test can have parts of its own.
 *
 * @param name in messages, log files and records
 * @param stage parts start when all parts of earlier stages are ready, and stop before them
 * @param ports which it will listen on, and how each can be changed
 * @param readiness answers once it can be used
 * @param limit how long it may do nothing until then: a slow start on a busy machine is not a failure
 * @param program made when the part is really to be started, which may take a while the first time
 */
record Part(String name, int stage, List<Port> ports, Readiness readiness, Duration limit, Preparation program) {

    /** @param variable the environment variable that moves it */
    record Port(int number, String variable) {}

    /**
     * @param environment added to the user's, from which everything that configures Menara, Spring or Keycloak is taken out
     */
    record Program(List<String> command, Map<String, String> environment) {}

    @FunctionalInterface
    interface Preparation {
        Program prepare() throws IOException;
    }
}
