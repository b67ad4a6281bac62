package menara.billing.metering.hours;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import menara.billing.meters.Aggregation;
import menara.billing.meters.Meter;
import menara.billing.meters.MeterReadModel;
import menara.billing.meters.Series;
import menara.values.ContractId;
import org.bson.Document;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The metered hours of each contract and month as a small log of contributions: {@code _id = contract|month|n}, n = 0, 1, 2 …
 * without a gap. A contribution is written once (what it comes from is unique in the log) and never changed, so documents stay small,
 * a figure can be read as of any date, and repeating a batch of usage adds nothing.
 */
@Component
public class MeteredHours {

    /** Contributions read in one look-up; a month of few contributions needs one. */
    private static final int FIRST_WINDOW = 8;

    /** 0.5 MB each at most; most are far smaller. */
    private static final int MAX_WINDOW = 64;

    private static final int MAX_READINGS_IN_WINDOW = 5_000;

    /** How long a register may be silent and still count from its last reading; after that its first reading is only a new start. */
    static final int MAX_SILENT_MONTHS = 12;

    /** Logs whose end is remembered; forgetting one costs a look-up. */
    private static final int MAX_ENDS = 100_000;

    /** How often other writers of one contract and month may win first; more is a fault and not a race. */
    private static final int MAX_RACES = 10_000;

    private final MongoCollection<Document> contributions;
    private final Function<String, Meter> meters;
    private final FoldCache folds = FoldCache.inHeap();
    private final Map<String, Integer> ends = bounded(MAX_ENDS);

    /** How many readings logs have, as far as it was asked. */
    private final Map<String, Integer> kept = bounded(MAX_ENDS);

    @Autowired
    MeteredHours(MongoDatabase database, MeterReadModel meters) {
        this(database, meters::require);
    }

    MeteredHours(MongoDatabase database, Function<String, Meter> meters) {
        this.contributions = database.getCollection("metered_hours");
        this.meters = meters;
        contributions.createIndex(Indexes.ascending("once"), new IndexOptions().unique(true));
    }

    private static <V> Map<String, V> bounded(int max) {
        return Caffeine.newBuilder().maximumSize(max).<String, V>build().asMap();
    }

    /**
     * The quantities of each series of {@code month}, in the meters' smallest parts.
     *
     * @param asOf only what was recorded until then
     */
    public SortedMap<Series, HourlyQuantities> hours(ContractId contract, YearMonth month, ZoneId zone, Instant asOf) {
        var fold = fold(contract, month, asOf);
        var hours = new TreeMap<Series, HourlyQuantities>(fold.sums());
        var readings = new HashMap<>(fold.readings());
        carried(contract, month, asOf, readings.keySet()).forEach((series, earlier) -> {
            var all = new ArrayList<>(earlier);
            all.addAll(readings.getOrDefault(series, List.of()));
            readings.put(series, all);
        });
        readings.forEach((series, all) -> hours.put(series, ReadHours.of(series.meter(), all, month, zone, asOf)));
        return hours;
    }

    /**
     * Readings of earlier months from which hours of this one follow: a level that still holds, and the last value of a register.
     *
     * @param read series with readings in this month
     */
    private Map<Series, Collection<Contribution.Reading>> carried(
            ContractId contract, YearMonth month, Instant asOf, Set<Series> read) {
        var carried = new HashMap<Series, Collection<Contribution.Reading>>();
        var sought = read.stream()
                .filter(series -> series.meter().aggregation() == Aggregation.COUNTER)
                .collect(Collectors.toSet());
        for (int back = 1; back == 1 || (back <= MAX_SILENT_MONTHS && !sought.isEmpty()); back++) {
            boolean isMonthBefore = back == 1;
            fold(contract, month.minusMonths(back), asOf).readings().forEach((series, readings) -> {
                boolean isCarried = sought.contains(series)
                        || (isMonthBefore && series.meter().aggregation() == Aggregation.GAUGE);
                if (isCarried && !readings.isEmpty()) {
                    carried.put(series, readings);
                }
            });
            sought.removeAll(carried.keySet());
        }
        return carried;
    }

    /** How many readings of a contract and month are kept one by one, as far as this instance knows. */
    public int readings(ContractId contract, YearMonth month) {
        var log = Contribution.log(contract, month);
        var known = kept.get(log);
        if (known != null) {
            return known;
        }
        int count = catchUp(log).size();
        kept.put(log, count);
        return count;
    }

    private void count(Contribution contribution) {
        int more = contribution.readings().values().stream()
                        .mapToInt(List::size)
                        .sum()
                - contribution.gone().values().stream().mapToInt(List::size).sum();
        kept.computeIfPresent(contribution.log(), (_, count) -> count + more);
    }

    private void countAnew(Contribution contribution) {
        kept.remove(contribution.log());
    }

    private HourFold fold(ContractId contract, YearMonth month, Instant asOf) {
        var log = contract + "|" + month;
        var fold = catchUp(log);
        return asOf.isBefore(fold.latest()) ? readFrom(log, HourFold.EMPTY, asOf) : fold;
    }

    /**
     * Adds contributions that are not stored yet; those that are keep the time at which they were recorded.
     *
     * @param added contributions by their origin, which is the same in a repetition
     */
    public void add(Map<String, List<Contribution>> added, Instant recordedAt) {
        var documents = new ArrayList<Document>();
        var more = new HashMap<String, Integer>();
        added.forEach((origin, contributions) -> contributions.forEach(contribution -> {
            var log = contribution.log();
            for (var piece : pieces(contribution, origin, recordedAt)) {
                int place = end(log) + more.merge(log, 1, Integer::sum) - 1;
                documents.add(piece.append("_id", log + "|" + place));
            }
        }));
        if (documents.isEmpty()) {
            return;
        }
        try {
            contributions.insertMany(documents);
            more.forEach((log, count) -> ends.merge(log, count, Integer::sum));
            added.values().forEach(contributions -> contributions.forEach(this::count));
        } catch (MongoBulkWriteException e) {
            if (!e.getWriteErrors().stream().allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY)) {
                throw e;
            }
            added.forEach((origin, contributions) -> contributions.forEach(contribution -> {
                pieces(contribution, origin, recordedAt).forEach(piece -> addOne(contribution.log(), piece));
                countAnew(contribution);
            }));
        }
    }

    private static List<Document> pieces(Contribution contribution, String origin, Instant recordedAt) {
        var pieces = ContributionDocument.of(contribution);
        for (int i = 0; i < pieces.size(); i++) {
            pieces.get(i)
                    .append("once", contribution.log() + "|" + origin + (i == 0 ? "" : "/" + i))
                    .append("recordedAt", recordedAt.toEpochMilli());
        }
        return pieces;
    }

    private int end(String log) {
        var known = ends.get(log);
        if (known != null) {
            return known;
        }
        int next = catchUp(log).next();
        ends.put(log, next);
        return next;
    }

    private void addOne(String log, Document document) {
        for (int race = 0; race < MAX_RACES; race++) {
            int next = catchUp(log).next();
            ends.put(log, next);
            document.append("_id", log + "|" + next);
            if (contributions.find(eq("once", document.getString("once"))).first() != null) {
                return;
            }
            try {
                contributions.insertOne(document);
                ends.put(log, next + 1);
                return;
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("no place found in " + log + " after " + MAX_RACES + " races");
    }

    private HourFold catchUp(String log) {
        var current = readFrom(log, folds.get(log), Instant.MAX);
        folds.put(log, current);
        return current;
    }

    private HourFold readFrom(String log, HourFold known, Instant asOf) {
        var fold = known;
        for (int window = FIRST_WINDOW; ; window = Math.min(window * 2, MAX_WINDOW)) {
            var found = read(log, fold.next(), window);
            fold = fold.plus(found, asOf, meters);
            if (found.size() < window) {
                return fold;
            }
            if (isHeavy(found)) {
                window = FIRST_WINDOW / 2;
            }
        }
    }

    /** Whether documents are so large that not many more of them should be in memory at once. */
    private static boolean isHeavy(List<Document> found) {
        return found.stream()
                        .flatMap(document -> document.getList("readings", Document.class).stream())
                        .mapToInt(series ->
                                series.getList("readings", Document.class).size())
                        .sum()
                > MAX_READINGS_IN_WINDOW;
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
}
