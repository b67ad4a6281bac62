package menara.billing.usage.log;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import menara.billing.usage.events.UsageEntry;

/** Events of the last documents that this instance wrote, until they are counted; others are read again. Thread-safe. */
final class RecentEntries {

    /** 4 MB. */
    private static final int MAX_EVENTS = UsagePartition.MAX_EVENTS_PER_DOCUMENT;

    private final NavigableMap<Integer, List<UsageEntry>> byPlace = new TreeMap<>();
    private int events;

    synchronized void keep(int place, List<UsageEntry> entries) {
        if (events + entries.size() <= MAX_EVENTS) {
            byPlace.put(place, List.copyOf(entries));
            events += entries.size();
        }
    }

    /** The documents before {@code until} are counted. */
    synchronized void counted(int until) {
        var counted = byPlace.headMap(until);
        events -= counted.values().stream().mapToInt(List::size).sum();
        counted.clear();
    }

    /** Entries by the places of their documents, from {@code from} (inclusive) until {@code until}. */
    synchronized Map<Integer, List<UsageEntry>> between(int from, int until) {
        return new TreeMap<>(byPlace.subMap(from, until));
    }
}
