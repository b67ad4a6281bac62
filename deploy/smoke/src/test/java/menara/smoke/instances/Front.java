package menara.smoke.instances;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Sends each request to one process of its service after the other, until one answers, as a load balancer does. Each request under an
 * idempotency key that succeeded is sent once more, to another process: the answer has to be the same.
 */
final class Front implements AutoCloseable {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(6);
    private static final Duration GIVE_UP = Duration.ofSeconds(50);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Set<Integer> BUSY = Set.of(429, 503);
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "content-length", "host", "transfer-encoding", "http2-settings", "upgrade");

    private final HttpServer server;
    private final List<ServiceProcess> processes;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_LIMIT)
            .build();
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<ServiceProcess, Long> silent = new ConcurrentHashMap<>();
    private final Queue<String> differences = new ConcurrentLinkedQueue<>();
    private final AtomicInteger repeated = new AtomicInteger();

    /** @param token of a client, as its identity server answers */
    Front(List<ServiceProcess> processes, Function<String, String> token) throws IOException {
        this.processes = processes;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/", this::forward);
        server.createContext("/protocol/openid-connect/token", exchange -> {
            var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var client = form.replaceFirst(".*client_id=([^&]*).*", "$1");
            answer(
                    exchange,
                    200,
                    "{\"access_token\":\"%s\",\"expires_in\":600}"
                            .formatted(token.apply(client))
                            .getBytes(StandardCharsets.UTF_8));
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Answers that were not the same when the request was sent again. */
    List<String> differences() {
        return List.copyOf(differences);
    }

    /** How many requests were sent again to compare their answers. */
    int repeated() {
        return repeated.get();
    }

    private void forward(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var answer = ask(exchange, body);
        if (answer.isEmpty()) {
            answer(exchange, 503, new byte[0]);
            return;
        }
        pass(exchange, body, answer.get());
    }

    private void pass(HttpExchange exchange, byte[] body, HttpResponse<byte[]> answer) throws IOException {
        if (exchange.getRequestMethod().equals("POST")
                && exchange.getRequestHeaders().containsKey("Idempotency-Key")
                && !isUsage(exchange)
                && answer.statusCode() / 100 == 2) {
            compare(exchange, body, answer);
        }
        answer.headers().map().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        answer(exchange, answer.statusCode(), answer.body());
    }

    /** Usage is known by the ids of its events: repeated, it counts nothing and says so, whatever its key. */
    private static boolean isUsage(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().equals("/api/billing/usage");
    }

    private void compare(HttpExchange exchange, byte[] body, HttpResponse<byte[]> first) {
        repeated.incrementAndGet();
        ask(exchange, body)
                .filter(second -> !BUSY.contains(second.statusCode()))
                .filter(second ->
                        second.statusCode() != first.statusCode() || !Arrays.equals(second.body(), first.body()))
                .ifPresent(second -> differences.add("%s %s: %s and then %s"
                        .formatted(exchange.getRequestMethod(), exchange.getRequestURI(), text(first), text(second))));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** Empty if nobody answered. */
    private Optional<HttpResponse<byte[]>> ask(HttpExchange exchange, byte[] body) {
        var service = exchange.getRequestURI().getPath().split("/")[2];
        var able = processes.stream()
                .filter(process -> process.service().equals(service))
                .toList();
        long giveUp = System.nanoTime() + GIVE_UP.toNanos();
        while (!able.isEmpty() && System.nanoTime() < giveUp) {
            var process = able.get(Math.floorMod(turn.getAndIncrement(), able.size()));
            if (able.size() > 1 && silent.getOrDefault(process, Long.MIN_VALUE) > System.nanoTime()) {
                continue;
            }
            try {
                return Optional.of(http.send(request(exchange, process, body), BodyHandlers.ofByteArray()));
            } catch (IOException _) {
                silent.put(process, System.nanoTime() + ANSWER_LIMIT.toNanos() / able.size());
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static HttpRequest request(HttpExchange exchange, ServiceProcess process, byte[] body) {
        var request = HttpRequest.newBuilder(
                        process.address().resolve(exchange.getRequestURI().toString()))
                .timeout(ANSWER_LIMIT)
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (status == 503) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
