package menara.eventstore.mongodb.simulation;

import java.util.HashMap;
import java.util.Map;

/** What a log of keys says, in its order: each key counts once, and a correction takes the place of the last one of its line. */
final class KnownKeys {

    /** Of each key the one that took its place; empty while none did. */
    private final Map<String, String> successors = new HashMap<>();

    /** What becomes of a report. */
    enum Verdict {
        ACCEPTED,
        DUPLICATE,
        NOTHING_TO_SUPERSEDE
    }

    Verdict judge(String report) {
        int at = report.indexOf('>');
        var key = at < 0 ? report : report.substring(0, at);
        if (successors.containsKey(key)) {
            return Verdict.DUPLICATE;
        }
        if (at >= 0) {
            var last = report.substring(at + 1);
            if (!successors.containsKey(last)) {
                return Verdict.NOTHING_TO_SUPERSEDE;
            }
            for (var next = successors.get(last); next != null && !next.isEmpty(); next = successors.get(last)) {
                last = next;
            }
            successors.put(last, key);
        }
        successors.put(key, "");
        return Verdict.ACCEPTED;
    }

    boolean holds(String report) {
        int at = report.indexOf('>');
        return successors.containsKey(at < 0 ? report : report.substring(0, at));
    }

    KnownKeys copy() {
        var copy = new KnownKeys();
        copy.successors.putAll(successors);
        return copy;
    }
}
