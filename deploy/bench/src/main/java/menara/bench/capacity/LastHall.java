package menara.bench.capacity;

import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import menara.bench.Report;
import menara.bench.Server;
import menara.billing.contract.ContractSigned;
import menara.testkit.NeighbourLog;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;

/**
 * Callers who all want racks of the same hall at the same time, over HTTP, each waiting for its answer. There are fewer racks than
 * requests, so some are confirmed and some refused, and exactly as many are confirmed as there are racks.
 */
final class LastHall {

    private static final int CALLERS = 32;
    private static final int RACKS = 50;
    private static final int WISHES = 128;
    private static final int MONTHS = 24;
    private static final int WARM_UP_MONTHS = 8;
    private static final String CONTRACT = "019b7c3e-0000-7000-8000-000000000002";
    private static final int SIGN_SECONDS = 30;
    private static final int POLL_MILLIS = 20;
    private static final int CONFIRMED = 200;
    private static final int REFUSED = 409;

    private LastHall() {}

    static void fight(Report report, Server server) throws IOException, InterruptedException, ExecutionException {
        try (var service = new RunningCapacity(server)) {
            sign(server);
            build(service);
            for (int month = 0; month < WARM_UP_MONTHS; month++) {
                decide(service, month);
            }
            long nanos = 0;
            for (int month = WARM_UP_MONTHS; month < WARM_UP_MONTHS + MONTHS; month++) {
                nanos += decide(service, month);
            }
            report.atLeast(
                    "contended-per-s",
                    (double) WISHES * MONTHS * TimeUnit.SECONDS.toNanos(1) / nanos,
                    "decisions/s",
                    300);
        }
    }

    /** Reservations are made on contracts, which billing announces. */
    private static void sign(Server server) throws InterruptedException {
        try (var client = MongoClients.create(server.uri());
                var billing = new NeighbourLog(client, "billing", Clock.systemUTC())) {
            billing.publish(new ContractSigned(
                    new ContractId(UUID.fromString(CONTRACT)),
                    new TenantId("bench"),
                    Period.between(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2050-01-01T00:00:00Z")),
                    Currency.getInstance("USD"),
                    ZoneOffset.UTC,
                    new BigDecimal("99.9"),
                    Instant.parse("2026-01-01T00:00:00Z")));
            var known = server.database(RunningCapacity.DATABASE).getCollection("contracts");
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(SIGN_SECONDS);
            while (known.countDocuments() == 0) {
                if (System.nanoTime() > limit) {
                    throw new IllegalStateException(
                            "the service did not learn of the contract within %d s".formatted(SIGN_SECONDS));
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    private static void build(RunningCapacity service) throws IOException, InterruptedException {
        created(service, "/phases", """
                {"phase":"last","name":"Last","planned":{"value":40,"unit":"MW"},"plannedFrom":"2026-01-01"}""");
        created(service, "/phases/last/commissionings", """
                {"power":{"value":40,"unit":"MW"},"at":"2026-01-01T00:00:00Z"}""");
        created(service, "/halls", """
                {"hall":"last-hall","phase":"last","limit":{"value":20,"unit":"MW"}}""");
        var racks = new ArrayList<String>();
        for (int i = 0; i < RACKS; i++) {
            racks.add("""
                    {"rack":"rack-%02d","hall":"last-hall","gpus":72,"model":"NVL72","plannedPower":{"value":132,"unit":"kW"}}""".formatted(i));
        }
        created(service, "/racks", "{\"racks\":[" + String.join(",", racks) + "]}");
    }

    private static String created(RunningCapacity service, String path, String body)
            throws IOException, InterruptedException {
        var answer = service.post(path, body);
        if (answer.statusCode() >= 300) {
            throw new IOException("%s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
        }
        return answer.headers().firstValue("Location").orElse("");
    }

    /** Nanoseconds for all decisions about one month. */
    private static long decide(RunningCapacity service, int month)
            throws IOException, InterruptedException, ExecutionException {
        var wishes = new ConcurrentLinkedQueue<String>();
        for (int i = 0; i < WISHES; i++) {
            var path = created(service, "/reservations", """
                    {"contract":"%3$s","tenant":"bench",
                     "period":{"from":"%1$d-%2$02d-01T00:00:00Z","until":"%1$d-%2$02d-28T00:00:00Z"},
                     "racks":{"count":1,"hall":"last-hall"}}""".formatted(2030 + month / 12, 1 + month % 12, CONTRACT));
            wishes.add(path.substring("/api/capacity".length()));
        }
        var confirmed = new AtomicInteger();
        long begun = System.nanoTime();
        try (var callers = Executors.newFixedThreadPool(CALLERS)) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < CALLERS; i++) {
                done.add(callers.submit(() -> {
                    for (var wish = wishes.poll(); wish != null; wish = wishes.poll()) {
                        int status = service.post(wish + "/confirmation", "{}").statusCode();
                        if (status == CONFIRMED) {
                            confirmed.incrementAndGet();
                        } else if (status != REFUSED) {
                            throw new IOException(wish + " was answered with " + status);
                        }
                    }
                    return null;
                }));
            }
            for (var caller : done) {
                caller.get();
            }
        }
        long nanos = System.nanoTime() - begun;
        if (confirmed.get() != RACKS) {
            throw new IllegalStateException("%d racks, %d confirmed".formatted(RACKS, confirmed.get()));
        }
        return nanos;
    }
}
