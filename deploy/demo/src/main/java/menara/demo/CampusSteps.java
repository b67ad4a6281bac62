package menara.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import menara.demo.Story.DemoTenant;
import menara.demo.trace.TraceNode;
import tools.jackson.databind.JsonNode;

/** Inventory and reservations: the racks of the campus and their tenants. */
final class CampusSteps {

    private static final int RACKS_PER_BATCH = 1_000;

    private final GatewayClient client;
    private final Console console;
    private final Story story;

    CampusSteps(GatewayClient client, Console console, Story story) {
        this.client = client;
        this.console = console;
        this.story = story;
    }

    void build() {
        var key = story.name();
        if (client.tryGet("/api/capacity/phases/" + key).status() == 404) {
            client.post(
                    "/api/capacity/phases",
                    key + "-phase",
                    Map.of(
                            "phase",
                            key,
                            "name",
                            "Machines of " + key,
                            "planned",
                            watts(story.totalWatts()),
                            "plannedFrom",
                            story.begins().toString().substring(0, 10)));
            client.post(
                    "/api/capacity/phases/" + key + "/commissionings",
                    key + "-power",
                    Map.of("power", watts(story.totalWatts()), "at", story.termBegins()));
            for (String hall : story.halls()) {
                client.post(
                        "/api/capacity/halls",
                        hall,
                        Map.of("hall", hall, "phase", key, "limit", watts(story.wattsOfHall(hall))));
            }
        }
        int accepted = 0;
        int unchanged = 0;
        var nodes = story.trace().nodes();
        for (int from = 0; from < nodes.size(); from += RACKS_PER_BATCH) {
            var racks = new ArrayList<Map<String, Object>>();
            for (TraceNode node : nodes.subList(from, Math.min(nodes.size(), from + RACKS_PER_BATCH))) {
                racks.add(Map.of(
                        "rack",
                        story.rack(node),
                        "hall",
                        story.hall(node),
                        "gpus",
                        node.gpus(),
                        "model",
                        node.model(),
                        "plannedPower",
                        watts(Story.watts(node))));
            }
            var answer =
                    client.post("/api/capacity/racks", key + "-racks-" + System.nanoTime(), Map.of("racks", racks));
            accepted += answer.path("accepted").asInt();
            unchanged += answer.path("unchanged").asInt();
            answer.path("rejected").forEach(item -> console.say("refused: %s", item));
        }
        console.say(
                "phase %s: %s released, %d halls, %,d racks, %,d GPUs (%,d racks new, %,d known)",
                key,
                megawatts(story.totalWatts()),
                story.halls().size(),
                nodes.size(),
                story.totalGpus(),
                accepted,
                unchanged);
        console.say(
                "assumed: %d W a server and %d W a GPU, since a trace does not say",
                Story.WATTS_PER_SERVER, Story.WATTS_PER_GPU);
    }

    /** Reserves half of the racks for each tenant, confirms and activates. */
    Map<DemoTenant, JsonNode> reserve(Map<DemoTenant, String> contracts) {
        int share = story.trace().nodes().size() / DemoTenant.values().length;
        var reservations = new LinkedHashMap<DemoTenant, JsonNode>();
        contracts.forEach((tenant, contract) -> {
            var reservation = existing(contract, "active").orElseGet(() -> {
                var id = request(tenant.alias(), contract, share, "racks")
                        .path("reservation")
                        .asString();
                client.post(path(id, "confirmation"), id + "-confirm", Map.of());
                // The trace's jobs ran on these racks from its beginning on.
                return client.post(
                        path(id, "activation"),
                        id + "-activate",
                        Map.of("at", story.begins().toString()));
            });
            reservations.put(tenant, reservation);
            console.say(
                    "%s: reservation %s is %s with %d racks",
                    tenant.alias(),
                    reservation.path("reservation").asString(),
                    reservation.path("state").asString(),
                    reservation.path("racks").size());
        });
        return reservations;
    }

    /** Asks for one rack more than the whole campus has, to show the refusal. */
    void askForTooMuch(DemoTenant tenant, String contract) {
        var rejected = existing(contract, "rejected").orElseGet(() -> {
            var id = request(tenant.alias(), contract, story.trace().nodes().size() + 1, "too-many")
                    .path("reservation")
                    .asString();
            client.tryPost(path(id, "confirmation"), id + "-confirm", Map.of());
            return client.get("/api/capacity/reservations/" + id);
        });
        console.say(
                "%s asks for %,d racks more: %s: %s",
                tenant.alias(),
                story.trace().nodes().size() + 1,
                rejected.path("state").asString(),
                rejected.path("reason").asString());
        client.post(
                        "/api/capacity/offers",
                        contract + "-offers",
                        Map.of(
                                "period",
                                rejected.path("period"),
                                "racks",
                                Map.of("count", rejected.at("/demand/count"))))
                .path("offers")
                .forEach(offer -> console.say(
                        "   it could have: %s, from %s",
                        offer.path("explanation").asString(),
                        offer.at("/period/from").asString()));
    }

    List<String> someRacks(JsonNode reservation, int count) {
        var racks = new ArrayList<String>();
        reservation.path("racks").forEach(rack -> racks.add(rack.asString()));
        return racks.subList(0, Math.min(count, racks.size()));
    }

    private JsonNode request(String tenant, String contract, int count, String purpose) {
        return client.post(
                "/api/capacity/reservations",
                contract + "-" + purpose,
                Map.of(
                        "contract",
                        contract,
                        "tenant",
                        tenant,
                        "period",
                        Map.of("from", story.begins(), "until", story.termEnds()),
                        "racks",
                        Map.of("count", count)));
    }

    private java.util.Optional<JsonNode> existing(String contract, String state) {
        var found =
                client.get("/api/capacity/reservations?contract=" + contract).path("items");
        return found.valueStream()
                .filter(item -> item.path("contract").asString().equals(contract)
                        && item.path("state").asString().equals(state))
                .findFirst();
    }

    private static String path(String reservation, String step) {
        return "/api/capacity/reservations/" + reservation + "/" + step;
    }

    private static String megawatts(long watts) {
        return BigDecimal.valueOf(watts).movePointLeft(6).stripTrailingZeros().toPlainString() + " MW";
    }

    private static Map<String, Object> watts(long watts) {
        return Map.of("value", watts, "unit", "W");
    }
}
