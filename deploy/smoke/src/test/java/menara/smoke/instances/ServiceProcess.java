package menara.smoke.instances;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** One process of a service, as it is packaged. It is started on its port again however often it is killed. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(2);

    private final String service;
    private final String name;
    private final List<String> settings;
    private final Path logs;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(HEALTH_LIMIT).build();
    private Process process;

    /**
     * @param service its name, {@code billing}
     * @param number among the processes of the service
     * @param settings what it is told besides its port
     * @param logs folder for what it prints
     */
    ServiceProcess(String service, int number, List<String> settings, Path logs) throws IOException {
        this.service = service;
        this.name = service + "-" + number;
        this.settings = settings;
        this.logs = logs;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        this.process = started();
    }

    private Process started() throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-Daxoniq.update-checker.disabled=true",
                "-jar",
                Path.of("../../services/%s/app/target/menara-%s-app-0.1.0-app.jar".formatted(service, service))
                        .toAbsolutePath()
                        .normalize()
                        .toString(),
                "--server.port=" + port,
                "--server.address=127.0.0.1"));
        command.addAll(settings);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        logs.resolve(name + ".log").toFile()))
                .start();
    }

    String service() {
        return service;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    void awaitReady() {
        Awaitility.await(name).atMost(START_LIMIT).until(this::isReady);
    }

    private boolean isReady() throws InterruptedException {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(address().resolve("/actuator/health/readiness"))
                            .timeout(HEALTH_LIMIT)
                            .build(),
                    BodyHandlers.discarding());
            return answer.statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** Without a farewell. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void startAgain() throws IOException {
        process = started();
        awaitReady();
    }

    /** Nothing of it runs until {@link #wake}; to the others it is as good as dead. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void wake() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("the process took no signal " + name);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public String toString() {
        return name;
    }
}
