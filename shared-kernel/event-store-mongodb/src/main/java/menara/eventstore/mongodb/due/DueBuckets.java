package menara.eventstore.mongodb.due;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.size;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.pullAll;
import static com.mongodb.client.model.Updates.push;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bson.Document;

/**
 * What falls due in which hour, found by {@code _id} alone: one document per hour, and a directory of the hours that have one.
 * An entry is a hint: it counts only while its token is that of the stored work. An hour holds some 100,000 entries at most,
 * what MongoDB allows in a document.
 */
final class DueBuckets {

    private static final String DIRECTORY = "hours";

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    /**
     * Nobody adds to hours that are over (an overdue date goes to the present hour), so after this long, more than clocks
     * differ and writers hang, an empty one can be removed without a race, and an entry whose work does not name it is none that
     * a writer is about to name.
     */
    static final long HOURS_KEPT = 24;

    private final MongoCollection<Document> hours;

    DueBuckets(MongoCollection<Document> hours) {
        this.hours = hours;
    }

    /**
     * @param millis when the work falls due
     * @param token of the scheduling, so that an older one of the same work is not taken for it
     * @param key {@code kind/id} of the work
     */
    record Entry(long millis, String token, String key) {

        private static Entry parse(String text) {
            int first = text.indexOf('|');
            int second = text.indexOf('|', first + 1);
            return new Entry(
                    Long.parseLong(text.substring(0, first)),
                    text.substring(first + 1, second),
                    text.substring(second + 1));
        }

        private String text() {
            return millis + "|" + token + "|" + key;
        }
    }

    private static long hour(long millis) {
        return Math.floorDiv(millis, HOUR_MILLIS);
    }

    /** The bucket that an entry made at {@code now} goes to. */
    static long hourOf(Entry entry, Instant now) {
        return Math.max(hour(entry.millis()), hour(now.toEpochMilli()));
    }

    void add(Entry entry, long hour) {
        hours.updateOne(eq(hour), push("entries", entry.text()), new UpdateOptions().upsert(true));
        hours.updateOne(eq(DIRECTORY), addToSet("hours", hour), new UpdateOptions().upsert(true));
    }

    void remove(Entry entry, long hour) {
        hours.updateOne(eq(hour), pull("entries", entry.text()));
    }

    /**
     * What has come.
     *
     * @param hours that are over or present and have a bucket
     * @param due what is due, the longest overdue first
     */
    record Come(List<Long> hours, List<Entry> due) {}

    Come until(Instant now) {
        var directory = hours.find(eq(DIRECTORY)).first();
        if (directory == null) {
            return new Come(List.of(), List.of());
        }
        long present = hour(now.toEpochMilli());
        var come = directory.getList("hours", Number.class).stream()
                .map(Number::longValue)
                .filter(hour -> hour <= present)
                .toList();
        var due = new ArrayList<Entry>();
        for (var bucket : hours.find(in("_id", come))) {
            for (var text : bucket.getList("entries", String.class)) {
                var entry = Entry.parse(text);
                if (entry.millis() <= now.toEpochMilli()) {
                    due.add(entry);
                }
            }
        }
        due.sort(Comparator.comparingLong(Entry::millis));
        return new Come(come, due);
    }

    /** Removes from the hours that are long over the entries that count no more, and those hours when they are empty. */
    void sweep(Come come, List<Entry> stale, Instant now) {
        var over = come.hours().stream()
                .filter(hour -> hour < hour(now.toEpochMilli()) - HOURS_KEPT)
                .toList();
        if (!stale.isEmpty() && !over.isEmpty()) {
            var texts = stale.stream().map(Entry::text).toList();
            hours.updateMany(in("_id", over), pullAll("entries", texts));
        }
        for (long hour : over) {
            hours.deleteOne(and(eq(hour), size("entries", 0)));
            if (hours.find(eq(hour)).first() == null) {
                hours.updateOne(eq(DIRECTORY), pull("hours", hour));
            }
        }
    }
}
