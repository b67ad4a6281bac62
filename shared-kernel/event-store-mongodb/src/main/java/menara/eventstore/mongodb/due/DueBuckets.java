package menara.eventstore.mongodb.due;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.size;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.push;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import menara.eventstore.mongodb.database.DuplicateKeys;
import org.bson.Document;

/**
 * Finds the work of each hour by {@code _id} alone. Each hour has parts, documents of some entries each, filled one after the other; a
 * directory lists the hours that have any. An entry is a hint: it counts only while its token is that of the stored work.
 *
 * <p>The parts of an hour are numbered without a gap, so that a reader that reads until one is missing has read all: a writer begins a part
 * only after it saw the one before, and the last part is removed first. An hour may also have the one document from before there were
 * parts; nothing is added to it.
 */
final class DueBuckets {

    /** Entries of one part; about 30 kB, which is the cost of a change, however much falls due in the hour. */
    static final int MAX_ENTRIES = 256;

    private static final String DIRECTORY = "hours";

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    /** How many parts of an hour are read first; most hours have one. Then twice as many, and so on. */
    private static final int FIRST_PARTS = 2;

    private static final int MAX_PARTS_PER_READ = 64;

    private static final int IDS_PER_READ = 1_000;

    /** Hours whose part with room is remembered; with more, all are looked up again. */
    private static final int MAX_REMEMBERED = 1_000;

    /**
     * No writer adds to hours that are over (an overdue date goes to the present hour). After this long, more than clocks differ and
     * writers hang, an empty hour can be removed without a race, and an entry that its work does not name is not one that a writer is about
     * to use.
     */
    static final long HOURS_KEPT = 24;

    private final MongoCollection<Document> parts;

    /** An hour that is over and was empty is read again after this, because a writer may have hung, or its clock be behind. */
    private static final Duration LOOKED_AT_AGAIN = Duration.ofMinutes(1);

    /** Hours that are over and were empty, with the time to read them again: a month's end leaves hundreds of empty parts for a day. */
    private final Map<Long, Instant> emptied = new ConcurrentHashMap<>();

    /** The part of an hour that had room last. */
    private final Map<Long, Integer> open = new ConcurrentHashMap<>();

    DueBuckets(MongoCollection<Document> parts) {
        this.parts = parts;
    }

    private static long hour(long millis) {
        return Math.floorDiv(millis, HOUR_MILLIS);
    }

    static String id(long hour, int part) {
        return hour + "/" + part;
    }

    /** The id of the document of an hour from before there were parts. */
    static Object whole(long hour) {
        return hour;
    }

    /** @return the id of its part, which {@link #remove} needs */
    String add(DueEntry entry, Instant now) {
        long hour = Math.max(hour(entry.millis()), hour(now.toEpochMilli()));
        // First, so that every part is listed.
        parts.updateOne(eq(DIRECTORY), addToSet("hours", hour), new UpdateOptions().upsert(true));
        return put(entry, hour);
    }

    private String put(DueEntry entry, long hour) {
        var known = id(hour, open.getOrDefault(hour, 0));
        if (isPushed(entry, known)) {
            return known;
        }
        for (int part = last(hour); ; part++) { // ends at the first with room; each before it is full
            var id = id(hour, part);
            // Another writer may have begun the part at the same moment.
            if (isPushed(entry, id) || isBegun(entry, id) || isPushed(entry, id)) {
                if (open.size() >= MAX_REMEMBERED) {
                    open.clear();
                }
                open.put(hour, part);
                return id;
            }
        }
    }

    private boolean isPushed(DueEntry entry, String id) {
        return parts.updateOne(and(eq(id), lt("n", MAX_ENTRIES)), combine(push("entries", entry.text()), inc("n", 1)))
                        .getMatchedCount()
                == 1;
    }

    private boolean isBegun(DueEntry entry, String id) {
        try {
            parts.insertOne(new Document("_id", id)
                    .append("entries", List.of(entry.text()))
                    .append("n", 1));
            return true;
        } catch (MongoWriteException e) {
            if (DuplicateKeys.isOne(e)) {
                return false;
            }
            throw e;
        }
    }

    /** The last part that an hour has; 0 if it has none. */
    private int last(long hour) {
        int from = 0;
        while (true) {
            int width = width(from);
            var ids = IntStream.range(from, from + width)
                    .mapToObj(part -> id(hour, part))
                    .toList();
            int found = 0;
            for (var _ : parts.find(in("_id", ids)).projection(include("n"))) {
                found++;
            }
            if (found < width) {
                return Math.max(0, from + found - 1);
            }
            from += width;
        }
    }

    private static int width(int from) {
        return Math.clamp(from, FIRST_PARTS, MAX_PARTS_PER_READ);
    }

    /** @param part as {@link #add} returned it, or {@link #whole} */
    void remove(DueEntry entry, Object part) {
        parts.updateOne(
                and(eq("_id", part), eq("entries", entry.text())),
                combine(pull("entries", entry.text()), inc("n", -1)));
    }

    /** @param part the id of its part */
    record Found(DueEntry entry, Object part) {}

    /**
     * The due work.
     *
     * @param hours past and present hours that have or had entries
     * @param due due entries, the longest overdue first
     */
    record Come(List<Long> hours, List<Found> due) {}

    Come until(Instant now) {
        var directory = parts.find(eq(DIRECTORY)).first();
        if (directory == null) {
            return new Come(List.of(), List.of());
        }
        long present = hour(now.toEpochMilli());
        var come = directory.getList("hours", Number.class).stream()
                .map(Number::longValue)
                .filter(hour -> hour <= present)
                .toList();
        emptied.keySet().retainAll(come);
        emptied.values().removeIf(again -> !again.isAfter(now));
        var looked = come.stream().filter(hour -> !emptied.containsKey(hour)).toList();
        var empty = new HashSet<>(looked);
        empty.remove(present);
        var due = new ArrayList<Found>();
        for (var part : partsOf(looked)) {
            for (var text : part.getList("entries", String.class)) {
                empty.remove(hourOf(idOf(part)));
                var entry = DueEntry.parse(text);
                if (entry.millis() <= now.toEpochMilli()) {
                    due.add(new Found(entry, idOf(part)));
                }
            }
        }
        empty.forEach(hour -> emptied.put(hour, now.plus(LOOKED_AT_AGAIN)));
        due.sort(Comparator.comparingLong(found -> found.entry().millis()));
        return new Come(come, due);
    }

    private List<Document> partsOf(Collection<Long> hours) {
        var found = new ArrayList<>(find(hours.stream().map(DueBuckets::whole).toList()));
        var unread = List.copyOf(hours);
        for (int from = 0; !unread.isEmpty(); from += width(from)) {
            int begin = from;
            int end = from + width(from);
            var some = find(unread.stream()
                    .flatMap(hour -> IntStream.range(begin, end).<Object>mapToObj(part -> id(hour, part)))
                    .toList());
            found.addAll(some);
            Set<Object> ids = new HashSet<>();
            some.forEach(part -> ids.add(idOf(part)));
            unread = unread.stream()
                    .filter(hour -> ids.contains(id(hour, end - 1)))
                    .toList();
        }
        return found;
    }

    private static Object idOf(Document part) {
        return Objects.requireNonNull(part.get("_id"));
    }

    private List<Document> find(List<Object> ids) {
        var found = new ArrayList<Document>();
        for (int i = 0; i < ids.size(); i += IDS_PER_READ) {
            parts.find(in("_id", ids.subList(i, Math.min(ids.size(), i + IDS_PER_READ))))
                    .into(found);
        }
        return found;
    }

    /** Removes void entries from hours that are long over, and those hours when they are empty. */
    void sweep(Come come, List<Found> stale, Instant now) {
        long kept = hour(now.toEpochMilli()) - HOURS_KEPT;
        var over = come.hours().stream().filter(hour -> hour < kept).toList();
        if (over.isEmpty()) {
            return;
        }
        for (var found : stale) {
            if (hourOf(found.part()) < kept) {
                remove(found.entry(), found.part());
            }
        }
        for (long hour : over) {
            if (isRemoved(hour)) {
                parts.updateOne(eq(DIRECTORY), pull("hours", hour));
            }
        }
    }

    private static long hourOf(Object part) {
        return part instanceof String id
                ? Long.parseLong(id.substring(0, id.indexOf('/')))
                : ((Number) part).longValue();
    }

    /** From the last part on, so that none is left behind a gap. */
    private boolean isRemoved(long hour) {
        for (int part = last(hour); part >= 0; part--) {
            if (!isGone(id(hour, part))) {
                return false;
            }
        }
        return isGone(whole(hour));
    }

    private boolean isGone(Object part) {
        parts.deleteOne(and(eq("_id", part), size("entries", 0)));
        return parts.find(eq("_id", part)).first() == null;
    }
}
