package menara.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Commitments, the milestone-gated capital call, and what the partners may expect. */
final class PartnerSteps {

    /** Commitments of the demo in millions of USD; the consortium's real ones are data of the real platform. */
    private static final Map<String, Integer> COMMITMENTS = new LinkedHashMap<>();

    static {
        COMMITMENTS.put("naver-cloud", 800);
        COMMITMENTS.put("nvidia", 500);
        COMMITMENTS.put("nexus-core-systems", 400);
        COMMITMENTS.put("lloyds-capital", 300);
    }

    private static final Duration MILESTONE_TIMEOUT = Duration.ofSeconds(30);
    /** Billing revises a contract's forecast five seconds after a change. */
    private static final Duration FORECAST_TIMEOUT = Duration.ofSeconds(20);

    private static final int RATE_DIGITS = 4;
    private static final int SAME_DIGITS = 6;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int DAYS_TO_PAY = 30;

    private final GatewayClient drafter;
    private final GatewayClient approver;
    private final Console console;
    private final Story story;

    PartnerSteps(GatewayClient drafter, GatewayClient approver, Console console, Story story) {
        this.drafter = drafter;
        this.approver = approver;
        this.console = console;
        this.story = story;
    }

    void commit() {
        var known = drafter.get("/api/investment/commitments").path("items");
        COMMITMENTS.forEach((partner, millions) -> {
            boolean there = known.valueStream()
                    .anyMatch(item -> item.path("partner").asString().equals(partner));
            if (!there) {
                drafter.post(
                        "/api/investment/commitments",
                        "commitment-" + partner,
                        Map.of("partner", partner, "amount", usd(millions + "000000"), "shareClass", "A"));
            }
            console.say("%s is committed with %d M USD", partner, millions);
        });
    }

    void defineMilestone() {
        var known = drafter.get("/api/investment/milestones")
                .path("items")
                .valueStream()
                .anyMatch(item -> item.path("milestone").asString().equals(milestone()));
        if (!known) {
            drafter.post(
                    "/api/investment/milestones",
                    milestone(),
                    Map.of(
                            "milestone",
                            milestone(),
                            "phase",
                            story.name(),
                            "kind",
                            "gpus-energised",
                            "targetGpus",
                            story.totalGpus()));
        }
        console.say("milestone %s: %,d GPUs energised", milestone(), story.totalGpus());
    }

    /** Drafted by one person, issued by another, once the milestone is reached; from wherever an earlier demo left it. */
    void call(LocalDate today) {
        var purpose = "Machines of " + story.name();
        var call = drafter.get("/api/investment/capital-calls?limit=1000")
                .path("items")
                .valueStream()
                .filter(item -> item.path("purpose").asString().equals(purpose))
                .findFirst()
                .orElseGet(() -> draft(purpose, today));
        var id = call.path("call").asString();
        if (call.path("state").asString().equals("draft")) {
            var refused =
                    drafter.tryPost("/api/investment/capital-calls/" + id + "/issuance", id + "-by-drafter", Map.of());
            console.say("the drafter may not issue it: %d %s", refused.status(), refused.problem());
            call = awaitIssuance(id);
        } else {
            console.say("the call \"%s\" was made before", purpose);
        }
        call.path("shares")
                .valueStream()
                .filter(share ->
                        new BigDecimal(share.path("outstanding").path("amount").asString()).signum() > 0)
                .forEach(share -> contribute(id, share, today));
    }

    private JsonNode draft(String purpose, LocalDate today) {
        return drafter.post(
                "/api/investment/capital-calls",
                story.name() + "-call",
                Map.of(
                        "phase",
                        story.name(),
                        "milestone",
                        milestone(),
                        "purpose",
                        purpose,
                        "amount",
                        usd(story.cost().toPlainString()),
                        "dueDate",
                        today.plusDays(DAYS_TO_PAY)));
    }

    private void contribute(String call, JsonNode share, LocalDate today) {
        // The story's campus was paid for before it earned anything, as far back as a contribution may be dated.
        var begins = LocalDate.ofInstant(story.begins(), ZoneOffset.UTC);
        var earliest = today.minusYears(1);
        var partner = share.path("partner").asString();
        drafter.post(
                "/api/investment/capital-calls/" + call + "/contributions",
                call + "-" + partner,
                Map.of(
                        "partner",
                        partner,
                        "amount",
                        share.path("outstanding"),
                        "paidOn",
                        begins.isBefore(earliest) ? earliest : begins));
        console.say(
                "%-20s pays %16s USD",
                partner, share.path("outstanding").path("amount").asString());
    }

    private JsonNode awaitIssuance(String id) {
        var limit = System.nanoTime() + MILESTONE_TIMEOUT.toNanos();
        while (true) {
            var answer = approver.tryPost(
                    "/api/investment/capital-calls/" + id + "/issuance", id + "-" + System.nanoTime(), Map.of());
            if (answer.ok()) {
                console.say("milestone reached, call %s issued by a second person", id);
                return answer.body();
            }
            boolean waiting = answer.body().path("rule").asString("").equals("milestone-not-reached");
            if (!waiting || System.nanoTime() > limit) {
                throw new DemoFailure("the call could not be issued: " + answer.problem());
            }
            GatewayClient.pause(POLL);
        }
    }

    /**
     * The partners' projected return in one line, once it rests on what billing forecasts by now; what it says anyway after the time
     * that may take.
     *
     * @param forecast billing's forecast over all contracts
     */
    String projectedReturn(Supplier<BigDecimal> forecast) {
        long limit = System.nanoTime() + FORECAST_TIMEOUT.toNanos();
        while (true) {
            var projection = drafter.get("/api/investment/returns/projected");
            if (isAbout(revenue(projection), forecast.get()) || System.nanoTime() > limit) {
                return told(projection.path("result"));
            }
            GatewayClient.pause(POLL);
        }
    }

    private static BigDecimal revenue(JsonNode projection) {
        return projection
                .path("flows")
                .valueStream()
                .filter(flow -> flow.path("kind").asString().equals("forecast-revenue"))
                .map(flow -> new BigDecimal(flow.path("amount").path("amount").asString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Racks in use now are rated to the second of the question, so two answers differ by cents. */
    private static boolean isAbout(BigDecimal revenue, BigDecimal forecast) {
        return revenue.subtract(forecast).abs().compareTo(forecast.movePointLeft(SAME_DIGITS)) <= 0;
    }

    private static String told(JsonNode result) {
        var rate = result.path("xirr").asString("");
        return rate.isEmpty()
                ? "cannot be told: " + result
                : new BigDecimal(rate).movePointRight(2).setScale(RATE_DIGITS, RoundingMode.HALF_EVEN) + " % a year";
    }

    private String milestone() {
        return story.name() + "-energised";
    }

    private static Map<String, Object> usd(String amount) {
        return Map.of("amount", amount, "currency", Story.CURRENCY);
    }
}
