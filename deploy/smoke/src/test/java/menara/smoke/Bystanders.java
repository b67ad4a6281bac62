package menara.smoke;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other parties at work while somebody attacks: people who read and a meter that reports, each a request at a time, a few a second. */
final class Bystanders {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long PACE_MILLIS = 60;

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalMenara menara;
    private final String contract;
    private final List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());

    private int reported;

    /** @param contract on whose account the meter reports */
    Bystanders(LocalMenara menara, String contract) {
        this.menara = menara;
        this.contract = contract;
    }

    /**
     * @param millis how long each answer took, in order of length
     * @param failures answers that were none of their own fault
     */
    record Seen(List<Double> millis, List<String> failures) {

        double p99() {
            return millis.get((int) Math.ceil(millis.size() * 0.99) - 1);
        }
    }

    /** What they see until {@code isOver}, and for as long at least as so many answers take. */
    Seen work(int atLeast, java.util.function.BooleanSupplier isOver) throws IOException, InterruptedException {
        var approver = menara.token("menara-demo-approver");
        var finance = menara.token("finance-export");
        var meter = menara.token("meter-rif-bio");
        var millis = new ArrayList<Double>();
        var failures = new ArrayList<String>();
        for (int i = 0; i < atLeast || !isOver.getAsBoolean(); i++) {
            var request = switch (i % 4) {
                case 0 -> read("/api/billing/contracts?limit=20", approver);
                case 1 -> read("/api/investment/capital-calls?limit=20", approver);
                case 2 -> read("/api/capacity/racks?limit=20", finance);
                default -> report(meter);
            };
            long started = System.nanoTime();
            try {
                var answer = http.send(request, BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    failures.add(request.uri().getPath() + ": " + answer.statusCode() + " " + answer.body());
                } else if (answer.body().contains("\"accepted\":1")) {
                    acknowledged.add(id(reported));
                }
            } catch (IOException e) {
                failures.add(request.uri().getPath() + ": " + e);
            }
            millis.add((System.nanoTime() - started) / (double) TimeUnit.MILLISECONDS.toNanos(1));
            Thread.sleep(PACE_MILLIS);
        }
        Collections.sort(millis);
        return new Seen(millis, failures);
    }

    private HttpRequest read(String path, String token) {
        return request(path, token).build();
    }

    private HttpRequest report(String token) {
        reported++;
        var until = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return request("/api/billing/usage", token)
                .header("Content-Type", "application/cloudevents+json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        """
                        {"specversion":"1.0","type":"menara.usage.gpu.v1","source":"/bystander","id":"%s","subject":"%s",\
                        "data":{"meter":"gpu-hour","period":{"from":"%s","until":"%s"},"milliGpus":1000}}""".formatted(id(reported), contract, until.minusSeconds(1), until)))
                .build();
    }

    private static String id(int n) {
        return "bystander-" + n;
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + menara.port("gateway") + path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token);
    }

    /** Events that were acknowledged and of which billing does not know. */
    List<String> lost() throws IOException, InterruptedException {
        var meter = menara.token("meter-rif-bio");
        var lost = new ArrayList<String>();
        for (var id : acknowledged) {
            var told = menara.get(
                    "billing", "/api/billing/usage/audit-trail?source=/bystander&id=" + id, meter, "application/json");
            if (told.statusCode() != 200 || !told.body().contains("\"outcome\":\"accepted\"")) {
                lost.add(id + ": " + told.statusCode() + " " + told.body());
            }
        }
        return lost;
    }

    int acknowledged() {
        return acknowledged.size();
    }
}
