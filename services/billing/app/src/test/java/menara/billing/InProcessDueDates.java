package menara.billing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import menara.platform.time.DueDates;

/** Due dates in memory. */
final class InProcessDueDates implements DueDates {

    record Due(String kind, String id) {}

    private final Map<String, Instant> dates = new TreeMap<>();

    @Override
    public synchronized void schedule(String kind, String id, Instant dueAt) {
        dates.put(kind + "#" + id, dueAt);
    }

    @Override
    public synchronized void cancel(String kind, String id) {
        dates.remove(kind + "#" + id);
    }

    /** What is due at {@code now}, once. */
    synchronized List<Due> take(Instant now) {
        var due = dates.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
        due.forEach(dates::remove);
        return due.stream()
                .map(key -> new Due(key.substring(0, key.indexOf('#')), key.substring(key.indexOf('#') + 1)))
                .toList();
    }
}
