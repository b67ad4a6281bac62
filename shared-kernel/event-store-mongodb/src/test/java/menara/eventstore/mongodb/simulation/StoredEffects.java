package menara.eventstore.mongodb.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;

/**
 * What handling has left in the servers, read without the store.
 *
 * @param applied events that had their effect, by sequence, in the order in which they had it
 * @param parked events that wait, by sequence, in their order
 * @param kept those that wait as they are stored, by id
 */
record StoredEffects(
        Map<String, List<String>> applied, Map<String, List<String>> parked, Map<String, BsonDocument> kept) {

    static final String PARKED = "parked";

    static StoredEffects read(ReplicaSet servers) {
        var kept = new HashMap<String, BsonDocument>();
        servers.scan(PARKED + "_events", servers.confirmed())
                .forEach(event -> kept.put(event.getString("id").getValue(), event));
        return new StoredEffects(events(servers, Projection.EFFECTS, "_id"), events(servers, PARKED, "sequence"), kept);
    }

    private static Map<String, List<String>> events(ReplicaSet servers, String collection, String sequence) {
        var bySequence = new HashMap<String, List<String>>();
        for (var document : servers.scan(collection, servers.confirmed())) {
            bySequence.put(
                    document.getString(sequence).getValue(),
                    document.getArray("events").stream()
                            .map(event -> event.asString().getValue())
                            .toList());
        }
        return bySequence;
    }

    /** Holds it against a log: each event has had its effect in its turn, or waits for what stands against the first one that waits. */
    List<String> violations(List<String> log, Hindrances hindrances) {
        var violations = new ArrayList<String>();
        var expected = new LinkedHashMap<String, List<String>>();
        log.forEach(event -> expected.computeIfAbsent(Projection.sequence(event), _ -> new ArrayList<>())
                .add(event));
        expected.forEach((sequence, events) -> {
            var done = applied.getOrDefault(sequence, List.of());
            var waiting = parked.getOrDefault(sequence, List.of());
            var all = new ArrayList<>(done);
            waiting.stream().filter(event -> !done.contains(event)).forEach(all::add);
            if (!all.equals(events)) {
                violations.add("of %s, %s were handled and %s are parked".formatted(events, done, waiting));
            }
            if (parked.containsKey(sequence)) {
                violations.addAll(unfounded(sequence, waiting, done, hindrances));
            }
        });
        return violations;
    }

    private List<String> unfounded(String sequence, List<String> waiting, List<String> done, Hindrances hindrances) {
        if (waiting.isEmpty() || !hindrances.stays(waiting.getFirst())) {
            return List.of("%s are parked although nothing stands against handling them".formatted(sequence + waiting));
        }
        var reason = kept.get(waiting.getFirst());
        return reason == null || !reason.containsKey("error")
                ? List.of(waiting.getFirst() + " is parked and does not say why")
                : waiting.stream()
                        // A request that came late may have given a place back to one that had its effect.
                        .filter(event -> !kept.containsKey(event) && !done.contains(event))
                        .map(event -> event + " has a place among what is parked, and is not there")
                        .toList();
    }
}
