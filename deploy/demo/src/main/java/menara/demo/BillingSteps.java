package menara.demo;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import menara.demo.Story.DemoTenant;
import menara.demo.trace.TraceJob;
import tools.jackson.databind.JsonNode;

/** Contracts, usage and the figures that finance pulls. */
final class BillingSteps {

    private static final int EVENTS_PER_BATCH = 1_000;
    private static final String SUPPORT_FEE = "45000";
    private static final Duration CREDIT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final GatewayClient client;
    private final Console console;
    private final Story story;

    BillingSteps(GatewayClient client, Console console, Story story) {
        this.client = client;
        this.console = console;
        this.story = story;
    }

    Map<DemoTenant, String> signContracts() {
        var plan = story.name();
        if (client.tryGet("/api/billing/price-plans/" + plan).status() == 404) {
            client.post(
                    "/api/billing/price-plans",
                    plan + "-plan",
                    Map.of(
                            "plan",
                            plan,
                            "currency",
                            Story.CURRENCY,
                            "effectiveFrom",
                            story.termBegins(),
                            "prices",
                            List.of(
                                    Map.of("meter", "gpu-hour", "unitPrice", Story.GPU_HOUR_PRICE.toPlainString()),
                                    Map.of(
                                            "meter",
                                            "rack-hour",
                                            "unitPrice",
                                            story.rackHourPrice().toPlainString()))));
        }
        console.say(
                "price plan %s: %s USD a GPU-hour, %s USD a rack-hour",
                plan, Story.GPU_HOUR_PRICE, story.rackHourPrice());
        var contracts = new EnumMap<DemoTenant, String>(DemoTenant.class);
        for (DemoTenant tenant : DemoTenant.values()) {
            var contract = known(plan, tenant)
                    .orElseGet(() -> client.post(
                            "/api/billing/contracts",
                            plan + "-" + tenant.alias(),
                            contract(plan, tenant, Story.CURRENCY)));
            contracts.put(tenant, contract.path("contract").asString());
            console.say(
                    "%s: contract %s, availability target %s",
                    tenant.alias(), contract.path("contract").asString(), "99.9 %");
        }
        return contracts;
    }

    /** A flat fee in dirham beside the machines in dollars: invoices of both kinds are issued in the end. */
    String signSupport() {
        var plan = story.supportPlan();
        if (client.tryGet("/api/billing/price-plans/" + plan).status() == 404) {
            client.post(
                    "/api/billing/price-plans",
                    plan,
                    Map.of(
                            "plan",
                            plan,
                            "currency",
                            "MAD",
                            "effectiveFrom",
                            story.termBegins(),
                            "charges",
                            List.of(Map.of(
                                    "code",
                                    "support",
                                    "product",
                                    "Support",
                                    "model",
                                    Map.of("type", "flat", "amount", SUPPORT_FEE)))));
        }
        var tenant = DemoTenant.RIF_BIO;
        var contract = known(plan, tenant)
                .orElseGet(
                        () -> client.post("/api/billing/contracts", plan + "-contract", contract(plan, tenant, "MAD")));
        console.say("%s: support for %s MAD a month", tenant.alias(), SUPPORT_FEE);
        return contract.path("contract").asString();
    }

    private Optional<JsonNode> known(String plan, DemoTenant tenant) {
        return client.get("/api/billing/contracts?tenant=" + tenant.alias() + "&limit=1000")
                .path("items")
                .valueStream()
                .filter(contract -> contract.path("plan").asString().equals(plan))
                .findFirst();
    }

    private Map<String, Object> contract(String plan, DemoTenant tenant, String currency) {
        return Map.of(
                "terms",
                Map.of("paymentDays", 30, "buyer", tenant.buyer()),
                "tenant",
                tenant.alias(),
                "plan",
                plan,
                "term",
                Map.of("from", story.termBegins(), "until", story.termEnds()),
                "currency",
                currency,
                "timeZone",
                Story.ZONE.getId(),
                "serviceLevel",
                Map.of(
                        "targetPercent",
                        "99.9",
                        "tiers",
                        List.of(
                                Map.of("belowPercent", "99.9", "creditPercent", "10"),
                                Map.of("belowPercent", "99", "creditPercent", "25"),
                                Map.of("belowPercent", "95", "creditPercent", "100"))));
    }

    /** Sends every job as one usage event; events sent before are answered as duplicates. */
    void reportUsage(Map<DemoTenant, String> contracts) {
        var counts = new LinkedHashMap<String, Integer>();
        var jobs = story.trace().jobs();
        for (int from = 0; from < jobs.size(); from += EVENTS_PER_BATCH) {
            var batch = new ArrayList<Map<String, Object>>();
            for (TraceJob job : jobs.subList(from, Math.min(jobs.size(), from + EVENTS_PER_BATCH))) {
                batch.add(event(job, contracts));
            }
            var answer = client.tryPost(
                    "/api/billing/usage?backfill=true",
                    story.name() + "-usage-" + System.nanoTime(),
                    "application/cloudevents-batch+json",
                    batch);
            if (!answer.ok()) {
                throw new DemoFailure("usage was refused: " + answer.problem());
            }
            counts.merge("accepted", answer.body().path("accepted").asInt(), Integer::sum);
            counts.merge("duplicates", answer.body().path("duplicates").asInt(), Integer::sum);
            answer.body().path("rejected").forEach(item -> console.say("refused: %s", item));
            answer.body().path("conflicts").forEach(item -> console.say("conflict: %s", item));
        }
        console.say(
                "%,d jobs sent as CloudEvents: %,d accepted, %,d known already",
                jobs.size(), counts.getOrDefault("accepted", 0), counts.getOrDefault("duplicates", 0));
    }

    private Map<String, Object> event(TraceJob job, Map<DemoTenant, String> contracts) {
        var begins = story.begins().plusSeconds(job.scheduledSecond());
        var ends = story.begins().plusSeconds(job.deletedSecond());
        return Map.of(
                "specversion",
                "1.0",
                "type",
                "menara.usage.gpu.v1",
                "source",
                "urn:menara:" + story.name(),
                "id",
                job.name(),
                "time",
                ends,
                "subject",
                contracts.get(DemoTenant.of(job)),
                "datacontenttype",
                "application/json",
                "data",
                Map.of(
                        "meter",
                        "gpu-hour",
                        "period",
                        Map.of("from", begins, "until", ends),
                        "milliGpus",
                        job.milliGpus()));
    }

    /**
     * One contract's figures of a month.
     *
     * @param milliGpuMilliseconds exact use
     * @param charges before credits, in {@link Story#CURRENCY}
     * @param credits granted, positive
     * @param accrued what the month has earned
     */
    record Accrued(long milliGpuMilliseconds, BigDecimal charges, BigDecimal credits, BigDecimal accrued) {

        static final Accrued NOTHING = new Accrued(0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

        Accrued plus(Accrued other) {
            return new Accrued(
                    Math.addExact(milliGpuMilliseconds, other.milliGpuMilliseconds),
                    charges.add(other.charges),
                    credits.add(other.credits),
                    accrued.add(other.accrued));
        }
    }

    private Accrued accrued(String contract, YearMonth month) {
        var statement = client.get("/api/billing/projections/accrued?contract=" + contract + "&month=" + month)
                .path("contracts")
                .path(0);
        long use = 0;
        for (JsonNode line : statement.path("lines")) {
            use += line.path("milliGpuMilliseconds").asLong(0);
        }
        return new Accrued(
                use,
                amount(statement.path("charges")),
                amount(statement.path("credits")),
                amount(statement.path("accrued")));
    }

    /** A table for each month, so that each of its figures is the one that finance pulls for that month. */
    void print(Map<DemoTenant, String> contracts, YearMonth running) {
        for (var month : story.months()) {
            var sum = Accrued.NOTHING;
            console.say(
                    "%-10s %18s %18s %14s %18s",
                    month + (month.isBefore(running) ? "" : " …"),
                    "GPU-hours",
                    "charges",
                    "credits",
                    "accrued " + Story.CURRENCY);
            for (var entry : contracts.entrySet()) {
                var accrued = accrued(entry.getValue(), month);
                line(entry.getKey().alias(), accrued);
                sum = sum.plus(accrued);
            }
            line("together", sum);
        }
        if (!story.months().getLast().isBefore(running)) {
            console.say("… the month still runs: racks cost on, so its figures grow");
        }
    }

    private void line(String name, Accrued accrued) {
        console.say(
                "%-10s %18s %18s %14s %18s",
                name,
                GpuHours.shown(accrued.milliGpuMilliseconds()),
                accrued.charges().toPlainString(),
                accrued.credits().toPlainString(),
                accrued.accrued().toPlainString());
    }

    /** Waits until a credit stands on the contract, which is granted without a claim. */
    Instant awaitCredit(String contract, Instant now) {
        var limit = now.plus(CREDIT_TIMEOUT);
        var at = now;
        while (story.months().stream()
                .allMatch(month -> accrued(contract, month).credits().signum() == 0)) {
            if (at.isAfter(limit)) {
                throw new DemoFailure(
                        "no credit was granted within " + CREDIT_TIMEOUT.toSeconds() + " s; see ./menara logs billing");
            }
            GatewayClient.pause(POLL);
            at = at.plus(POLL);
        }
        return at;
    }

    /** What all contracts, those of other demos too, will bring over their terms. */
    BigDecimal forecast() {
        return client.get("/api/billing/contracts?limit=1000")
                .path("items")
                .valueStream()
                .filter(contract -> contract.path("currency").asString().equals(Story.CURRENCY))
                .map(contract -> client.get("/api/billing/projections/forecast?contract="
                        + contract.path("contract").asString()))
                .map(forecast -> amount(forecast.path("total")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal amount(JsonNode money) {
        return new BigDecimal(money.path("amount").asString("0"));
    }
}
