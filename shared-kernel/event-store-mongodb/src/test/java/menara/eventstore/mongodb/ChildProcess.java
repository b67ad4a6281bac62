package menara.eventstore.mongodb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A JVM of its own, whose lines are read and which is killed with SIGKILL. */
final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final Thread reader;

    private ChildProcess(Process process, Consumer<String> lines) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(() -> read(process.inputReader(), lines));
    }

    static ChildProcess start(String main, Consumer<String> lines, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx256m",
                "-Daxoniq.update-checker.disabled=true",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(List.of(arguments));
        return new ChildProcess(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start(),
                lines);
    }

    private static void read(BufferedReader output, Consumer<String> lines) {
        try {
            output.lines().forEach(lines);
        } catch (UncheckedIOException e) {
            lines.accept("ended: " + e); // the pipe broke with the process
        }
    }

    /** Ends it as {@code kill -9} does and returns when all it had said has been read. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
