package menara.smoke;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The portal as a headless Chromium shows it to somebody. The person signs in beforehand, with an account of its own; whatever the browser
 * asks for is then asked of the gateway in that session.
 */
final class PortalInBrowser implements AutoCloseable {

    private static final int LIMIT_SECONDS = 60;

    private final PersonSession session;
    private final HttpServer server;

    PortalInBrowser(PersonSession session) throws IOException {
        this.session = session;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** The browser, if there is one on this machine. */
    static Optional<Path> chromium() {
        var named = Optional.ofNullable(System.getenv("MENARA_CHROMIUM")).map(Path::of);
        return named.or(() -> Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":", -1)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst());
    }

    /** The page's elements as they stand when everything has loaded. */
    String shown() throws IOException, InterruptedException {
        var profile = Files.createTempDirectory(Path.of("target"), "chromium-").toAbsolutePath();
        var output = profile.resolve("dom.html");
        var browser = new ProcessBuilder(
                        chromium().orElseThrow().toString(),
                        "--headless=new",
                        "--no-sandbox", // the test may run as root, and opens only its own page
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + profile,
                        "--virtual-time-budget=20000",
                        "--dump-dom",
                        "http://127.0.0.1:%d/".formatted(server.getAddress().getPort()))
                .redirectOutput(output.toFile())
                .redirectError(profile.resolve("errors.log").toFile())
                .start();
        if (!browser.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
            throw new IOException("the browser did not end within " + LIMIT_SECONDS + " s");
        }
        return Files.readString(output);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = session.get(exchange.getRequestURI().toString());
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            byte[] body = answer.body();
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
