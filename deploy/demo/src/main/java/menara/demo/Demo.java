package menara.demo;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import menara.demo.trace.Trace;
import menara.demo.trace.TraceReader;
import menara.demo.trace.UnreadableTrace;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./menara demo [--trace DIR] [--from INSTANT]}. */
public final class Demo {

    static final String USAGE = """
            usage: ./menara demo [--trace DIR] [--from INSTANT]
              --trace DIR      import a production GPU trace: a folder with one CSV of nodes and one of jobs
              --from INSTANT   the instant of the trace's second 0 (default %s)
            Without --trace it makes a small campus and the last month of its own whose invoices can be issued.""";

    /** Fixed, so that a trace imported again next month is still the same trace. */
    static final Instant DEFAULT_TRACE_BEGINS = Instant.parse("2026-01-01T00:00:00Z");

    private static final int MAX_BROKEN_ROWS_PRINTED = 20;
    private static final int MAX_NAMED = 20;

    /** Late usage joins a draft for three days; after that the month can be closed. */
    private static final Duration GRACE = Duration.ofDays(4);

    private Demo() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), Clock.systemUTC(), new Console(System.out)));
    }

    static int run(List<String> arguments, Map<String, String> environment, Clock clock, Console console) {
        try {
            var story = story(arguments, clock, console);
            if (story == null) {
                return 2;
            }
            // In a fixed order, so that a request sent again is the same request to the letter.
            var json = JsonMapper.builder()
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();
            var gateway = URI.create(environment.getOrDefault("MENARA_GATEWAY_URI", "http://127.0.0.1:8080"));
            var demo = new GatewayClient(
                    gateway, credentials(environment, "menara-demo", "MENARA_DEMO_SECRET"), json, clock);
            var approver = new GatewayClient(
                    gateway,
                    credentials(environment, "menara-demo-approver", "MENARA_DEMO_APPROVER_SECRET"),
                    json,
                    clock);
            var documents = Path.of(environment.getOrDefault("MENARA_DEMO_DOCUMENTS", "menara-demo"));
            new MainJob(demo, approver, console, story, documents, clock).run();
            return 0;
        } catch (DemoFailure | UnreadableTrace e) {
            console.say("%n   the demo stopped: %s", e.getMessage());
            return 1;
        }
    }

    private static @Nullable Story story(List<String> arguments, Clock clock, Console console) {
        var rest = new ArrayDeque<>(arguments);
        Path folder = null;
        var begins = DEFAULT_TRACE_BEGINS;
        while (!rest.isEmpty()) {
            var option = rest.poll();
            var value = rest.poll();
            if (value == null || !(option.equals("--trace") || option.equals("--from"))) {
                console.say(USAGE, DEFAULT_TRACE_BEGINS);
                return null;
            }
            if (option.equals("--trace")) {
                folder = Path.of(value);
            } else {
                begins = instant(value);
            }
        }
        if (folder == null) {
            var month = YearMonth.from(clock.instant().minus(GRACE).atZone(Story.ZONE))
                    .minusMonths(1);
            return new Story(
                    SmallCampus.of(month),
                    month.atDay(1).atStartOfDay(Story.ZONE).toInstant());
        }
        var trace = TraceReader.read(folder);
        report(trace, console);
        var story = new Story(trace, begins);
        if (story.ends().isAfter(clock.instant())) {
            throw new DemoFailure(
                    "the trace would end at %s, in the future; give an earlier --from".formatted(story.ends()));
        }
        return story;
    }

    private static void report(Trace trace, Console console) {
        console.say(
                "%s: %,d nodes, %,d jobs that used GPUs, %,d that did not, %,d broken rows",
                trace.name(),
                trace.nodes().size(),
                trace.jobs().size(),
                trace.idleJobs(),
                trace.broken().size());
        if (!trace.running().isEmpty()) {
            console.say(
                    "still running and not billed until the trace has their deletion time: %s%s",
                    String.join(
                            ", ",
                            trace.running()
                                    .subList(
                                            0,
                                            Math.min(MAX_NAMED, trace.running().size()))),
                    trace.running().size() > MAX_NAMED
                            ? " and %d more".formatted(trace.running().size() - MAX_NAMED)
                            : "");
        }
        trace.broken().stream().limit(MAX_BROKEN_ROWS_PRINTED).forEach(row -> console.say("left out: %s", row));
        if (trace.broken().size() > MAX_BROKEN_ROWS_PRINTED) {
            console.say("and %d more", trace.broken().size() - MAX_BROKEN_ROWS_PRINTED);
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new DemoFailure(
                    "--from must be an instant such as %s, was %s".formatted(DEFAULT_TRACE_BEGINS, text), e);
        }
    }

    private static Credentials credentials(Map<String, String> environment, String client, String secretName) {
        var issuer = environment.getOrDefault("MENARA_ISSUER", "http://127.0.0.1:8180/realms/menara");
        var secret = environment.get(secretName);
        if (secret == null) {
            throw new DemoFailure(
                    "%s is not set; run the demo through ./menara demo, which knows it".formatted(secretName));
        }
        return new Credentials(URI.create(issuer + "/protocol/openid-connect/token"), client, secret);
    }
}
