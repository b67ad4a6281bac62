package menara.smoke;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The portal's page as a headless Chromium shows it to somebody with given roles. The page is the gateway's own, the figures are the
 * running services', only the sign-in is skipped.
 */
final class PortalInBrowser implements AutoCloseable {

    private static final Path PAGES = Path.of("../../gateway/src/main/resources/static");
    private static final int LIMIT_SECONDS = 60;

    private final LocalMenara menara;
    private final String token;
    private final HttpServer server;
    private volatile String me = "";

    PortalInBrowser(LocalMenara menara, String token) throws IOException {
        this.menara = menara;
        this.token = token;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** The browser, if there is one on this machine. */
    static Optional<Path> chromium() {
        var named = Optional.ofNullable(System.getenv("MENARA_CHROMIUM")).map(Path::of);
        return named.or(() -> Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":", -1))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst());
    }

    /** The page's elements as they stand when everything has loaded. */
    String shownTo(String name, String organization, List<String> roles) throws IOException, InterruptedException {
        me = "{\"name\":\"%s\",\"organization\":%s,\"roles\":[%s]}"
                .formatted(
                        name,
                        organization.isEmpty() ? "null" : "\"" + organization + "\"",
                        String.join(
                                ",", roles.stream().map(role -> "\"" + role + "\"").toList()));
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
            var path = exchange.getRequestURI().toString();
            if (path.equals("/api/me")) {
                send(exchange, 200, "application/json", me.getBytes(StandardCharsets.UTF_8));
            } else if (path.startsWith("/api/")) {
                var response = menara.get("gateway", path, token, "application/json");
                send(
                        exchange,
                        response.statusCode(),
                        response.headers().firstValue("Content-Type").orElse("application/json"),
                        response.body().getBytes(StandardCharsets.UTF_8));
            } else {
                var file = PAGES.resolve(path.equals("/") ? "index.html" : path.substring(1));
                if (!Files.isRegularFile(file)) {
                    send(exchange, 404, "text/plain", new byte[0]);
                    return;
                }
                var type = path.endsWith(".js")
                        ? "text/javascript"
                        : path.endsWith(".css") ? "text/css" : path.endsWith(".svg") ? "image/svg+xml" : "text/html";
                send(exchange, 200, type, Files.readAllBytes(file));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
