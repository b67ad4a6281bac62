package menara.billing.metering;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import menara.billing.catalogue.Meter;
import menara.values.ContractId;
import org.bson.Document;
import org.springframework.stereotype.Component;

/**
 * The metered hours of each contract and month as a small log of contributions: {@code _id = contract|month|n}, n = 0, 1, 2 …
 * without a gap. A contribution is written once (its batch is unique in the log) and never changed, so documents stay small,
 * a figure can be read as it was known on any date, and repeating a batch adds nothing.
 */
@Component
public class MeteredHours {

    /** Contributions read in one look-up; a month of few batches needs one. */
    private static final int FIRST_WINDOW = 8;

    private static final int MAX_WINDOW = 512;

    /** Folded months kept in memory, up to 90 KB each. */
    private static final int MAX_FOLDS = 300;

    /** Writers of one contract and month that may win before us; more is not a race but a fault. */
    private static final int MAX_RACES = 10_000;

    private final MongoCollection<Document> contributions;
    private final Map<String, Fold> folds = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Fold> eldest) {
            return size() > MAX_FOLDS;
        }
    };

    MeteredHours(MongoDatabase database) {
        this.contributions = database.getCollection("metered_hours");
        contributions.createIndex(Indexes.ascending("once"), new IndexOptions().unique(true));
    }

    /**
     * The quantities of each hour of {@code month}, in the meter's smallest parts.
     *
     * @param asOf only what was known then
     */
    public SortedMap<Instant, BigInteger> hours(ContractId contract, YearMonth month, Meter meter, Instant asOf) {
        return fold(contract, month, asOf).hours().getOrDefault(meter, new TreeMap<>());
    }

    /** The quantities of each series of {@code month}, as known on {@code asOf}. */
    public SortedMap<Series, HourlyQuantities> hours(ContractId contract, YearMonth month, Instant asOf) {
        var hours = new TreeMap<Series, HourlyQuantities>();
        fold(contract, month, asOf)
                .hours()
                .forEach((meter, quantities) -> hours.put(Series.of(meter), HourlyQuantities.of(quantities)));
        return hours;
    }

    private Fold fold(ContractId contract, YearMonth month, Instant asOf) {
        var log = contract + "|" + month;
        var fold = catchUp(log);
        return asOf.isBefore(fold.latest()) ? readFrom(log, Fold.EMPTY, asOf) : fold;
    }

    /** Adds what is not there yet; the knowledge time of what is there stays as it is. */
    void add(List<HourlyContribution> added, Instant knownAt) {
        var documents = new ArrayList<Document>(added.size());
        for (var contribution : added) {
            var log = contribution.contract() + "|" + contribution.month();
            documents.add(document(log, catchUp(log).next(), contribution, knownAt));
        }
        if (documents.isEmpty()) {
            return;
        }
        try {
            contributions.insertMany(documents);
        } catch (MongoBulkWriteException e) {
            if (!e.getWriteErrors().stream().allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY)) {
                throw e;
            }
            added.forEach(contribution -> addOne(contribution, knownAt));
        }
    }

    private void addOne(HourlyContribution contribution, Instant knownAt) {
        var log = contribution.contract() + "|" + contribution.month();
        for (int race = 0; race < MAX_RACES; race++) {
            var document = document(log, catchUp(log).next(), contribution, knownAt);
            if (contributions.find(eq("once", document.getString("once"))).first() != null) {
                return;
            }
            try {
                contributions.insertOne(document);
                return;
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("no place found in " + log + " after " + MAX_RACES + " races");
    }

    private static Document document(String log, int n, HourlyContribution contribution, Instant knownAt) {
        var meters = new Document();
        contribution
                .hours()
                .forEach((meter, hours) -> meters.append(
                        meter.code(),
                        new Document(
                                        "hours",
                                        hours.keySet().stream()
                                                .map(Instant::getEpochSecond)
                                                .toList())
                                .append("quantities", List.copyOf(hours.values()))));
        return new Document("_id", log + "|" + n)
                .append("once", log + "|" + contribution.batch())
                .append("knownAt", knownAt.toEpochMilli())
                .append("meters", meters);
    }

    /**
     * A log folded up to a place.
     *
     * @param next place of the first contribution not folded
     * @param latest when the newest of the folded contributions became known
     */
    private record Fold(int next, Instant latest, Map<Meter, SortedMap<Instant, BigInteger>> hours) {
        static final Fold EMPTY = new Fold(0, Instant.MIN, Map.of());
    }

    private Fold catchUp(String log) {
        Fold known;
        synchronized (folds) {
            known = folds.getOrDefault(log, Fold.EMPTY);
        }
        var current = readFrom(log, known, Instant.MAX);
        synchronized (folds) {
            folds.merge(log, current, (one, other) -> one.next() >= other.next() ? one : other);
        }
        return current;
    }

    private Fold readFrom(String log, Fold known, Instant asOf) {
        var hours = new HashMap<Meter, SortedMap<Instant, BigInteger>>();
        var latest = known.latest();
        int next = known.next();
        boolean copied = false;
        for (int window = FIRST_WINDOW; ; window = Math.min(window * 2, MAX_WINDOW)) {
            var found = read(log, next, window);
            if (!found.isEmpty() && !copied) {
                // A fold that others read is never changed.
                known.hours().forEach((meter, quantities) -> hours.put(meter, new TreeMap<>(quantities)));
                copied = true;
            }
            for (var document : found) {
                var knownAt = Instant.ofEpochMilli(document.getLong("knownAt"));
                latest = knownAt.isAfter(latest) ? knownAt : latest;
                if (!knownAt.isAfter(asOf)) {
                    addTo(hours, document.get("meters", Document.class));
                }
            }
            next += found.size();
            if (found.size() < window) {
                return copied ? new Fold(next, latest, hours) : known;
            }
        }
    }

    /** The contributions at {@code from}, {@code from + 1} … without a gap, at most {@code window}. */
    private List<Document> read(String log, int from, int window) {
        var ids = IntStream.range(from, from + window)
                .mapToObj(n -> log + "|" + n)
                .toList();
        var byId = new HashMap<String, Document>();
        contributions.find(in("_id", ids)).forEach(document -> byId.put(document.getString("_id"), document));
        return ids.stream().takeWhile(byId::containsKey).map(byId::get).toList();
    }

    private static void addTo(Map<Meter, SortedMap<Instant, BigInteger>> hours, Document meters) {
        for (var code : meters.keySet()) {
            var target = hours.computeIfAbsent(Meter.of(code), _ -> new TreeMap<>());
            var meter = meters.get(code, Document.class);
            var starts = meter.getList("hours", Long.class);
            var quantities = meter.getList("quantities", Long.class);
            for (int i = 0; i < starts.size(); i++) {
                target.merge(
                        Instant.ofEpochSecond(starts.get(i)), BigInteger.valueOf(quantities.get(i)), BigInteger::add);
            }
        }
    }
}
