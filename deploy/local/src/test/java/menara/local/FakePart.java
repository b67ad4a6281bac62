package menara.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A tiny process that stands in for a service: {@code PORT}, {@code die MESSAGE}, {@code never}, {@code busy PORT} or {@code stubborn PORT}. */
final class FakePart {

    private FakePart() {}

    static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "die" -> {
                System.out.println(arguments[1]);
                System.exit(42);
            }
            case "busy" -> {
                long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
                for (int line = 0; System.nanoTime() < end; line++) {
                    System.out.println("migrating " + line);
                    Thread.sleep(Duration.ofMillis(50));
                }
                serve(Integer.parseInt(arguments[1]));
            }
            case "never" -> Thread.sleep(Duration.ofMinutes(5));
            case "stubborn" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        Thread.sleep(Duration.ofMinutes(5));
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                }));
                serve(Integer.parseInt(arguments[1]));
            }
            default -> serve(Integer.parseInt(arguments[0]));
        }
    }

    private static void serve(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        System.out.println(
                "serving; MENARA_LEAKED is " + System.getenv("MENARA_LEAKED") + ", GIVEN is " + System.getenv("GIVEN"));
    }

    static Part part(String name, int stage, int port, String... arguments) {
        return part(name, stage, port, Duration.ofSeconds(30), arguments);
    }

    static Part part(String name, int stage, int port, Duration limit, String... arguments) {
        return new Part(
                name,
                stage,
                List.of(new Part.Port(port, "MENARA_" + name.toUpperCase(Locale.ROOT) + "_PORT")),
                new Readiness.Http("http://127.0.0.1:" + port + "/ready"),
                limit,
                () -> {
                    var command = new ArrayList<>(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FakePart.class.getName()));
                    command.addAll(List.of(arguments));
                    return new Part.Program(command, Map.of("GIVEN", "given"));
                });
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
