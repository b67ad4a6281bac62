package menara.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second JVM with the same class path, ended with this object. */
public final class Child implements AutoCloseable {

    private static final long END_SECONDS = 5;

    private final Process process;
    private final BufferedReader output;

    private Child(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    public static Child java(String heap, Class<?> main, String... arguments) throws IOException {
        return java(heap, List.of(), main, arguments);
    }

    /** As {@code ./menara up} starts a service: with the first compiler only, which needs less of a small machine. */
    public static Child service(String heap, Class<?> main, String... arguments) throws IOException {
        return java(heap, List.of("-XX:TieredStopAtLevel=1"), main, arguments);
    }

    private static Child java(String heap, List<String> options, Class<?> main, String... arguments)
            throws IOException {
        var command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx" + heap, "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of(
                "-Daxoniq.update-checker.disabled=true", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** What follows {@code prefix} on the first line that begins with it. */
    public String await(String prefix) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
        }
        throw new IOException("the child ended without saying \"" + prefix + "\"");
    }

    /** The answer of the JVM to a command of {@code jcmd}. */
    public String command(String command) throws IOException, InterruptedException {
        var jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        var answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException(answer);
        }
        return answer;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
