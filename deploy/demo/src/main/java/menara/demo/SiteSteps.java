package menara.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The site itself: racks under power, and an incident that takes some of them down. */
final class SiteSteps {

    private static final Duration KNOWN_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final GatewayClient client;
    private final Console console;
    private final Story story;

    SiteSteps(GatewayClient client, Console console, Story story) {
        this.client = client;
        this.console = console;
        this.story = story;
    }

    void energise() {
        for (String hall : story.halls()) {
            long expected = story.trace().nodes().stream()
                    .filter(node -> story.hall(node).equals(hall))
                    .count();
            var limit = System.nanoTime() + KNOWN_TIMEOUT.toNanos();
            while (energise(hall) < expected) {
                if (System.nanoTime() > limit) {
                    throw new DemoFailure(
                            "operations does not know all %d racks of hall %s after %d s; see ./menara logs operations"
                                    .formatted(expected, hall, KNOWN_TIMEOUT.toSeconds()));
                }
                GatewayClient.pause(POLL);
            }
        }
        console.say("%d halls energised", story.halls().size());
    }

    /** How many racks of the hall are under power now: operations learns of racks from capacity, so at first it may be fewer. */
    private int energise(String hall) {
        var answer = client.tryPost(
                "/api/operations/halls/" + hall + "/energisation",
                hall + "-" + System.nanoTime(),
                Map.of("energisedAt", story.begins()));
        return answer.ok() ? answer.body().path("energised").asInt() : 0;
    }

    /** Opens and resolves an incident on the racks. What an earlier demo has done of it is not done again. */
    void incident(List<String> racks, Duration outage) {
        var title = "Feed B of " + story.name() + " lost";
        var incident = client.get("/api/operations/incidents?limit=1000")
                .path("items")
                .valueStream()
                .filter(known -> known.path("title").asString().equals(title))
                .findFirst()
                .orElseGet(() -> client.post(
                        "/api/operations/incidents",
                        story.name() + "-incident",
                        Map.of(
                                "kind",
                                "power",
                                "title",
                                title,
                                "severity",
                                2,
                                "racks",
                                racks,
                                "startedAt",
                                story.incidentStarts())));
        if (!incident.path("state").asString().equals("open")) {
            console.say("the incident was reported before: %s", title);
            return;
        }
        var id = incident.path("incident").asString();
        client.post(
                "/api/operations/incidents/" + id + "/resolution",
                id + "-resolve",
                Map.of("resolvedAt", story.incidentStarts().plus(outage)));
        console.say("incident %s: racks down: %d, for %d hours, resolved", id, racks.size(), outage.toHours());
    }
}
