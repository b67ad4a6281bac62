package menara.eventstore.spring.processing;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import menara.eventstore.mongodb.machine.Rounds;
import menara.eventstore.mongodb.processing.MongoTokenStore;
import menara.eventstore.mongodb.processing.MongoTokenStore.Stored;
import menara.eventstore.spring.Background;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running instances of the service, which exchange data only through the database: each reports that it runs, the progress of its
 * segments, and the processors it cannot continue. So they share the segments, and a caller of one instance reads what another one
 * projects.
 */
public final class Instances implements Background, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Instances.class);

    private static final Duration BEAT_ALONE = Duration.ofSeconds(2);

    /** With other instances: the interval of reports, and of reads while a caller waits here. */
    private static final Duration BEAT_TOGETHER = Duration.ofMillis(10);

    /** The interval of reads while no caller waits. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** The interval of reports without progress. */
    private static final int BEATS_PER_CLAIM = 4;

    /** An instance that is silent for so long is forgotten. */
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    /** The position of a segment that no known instance works on. */
    static final long NOBODY = -1;

    /** The first segment always exists; until the others are read from the database, it stands for all. */
    private static final Set<Integer> UNKNOWN = Set.of(0);

    private static final Duration CALL_LIMIT = Duration.ofSeconds(2);

    private final MongoCollection<Document> instances;
    private final MongoDatabase database;
    private final String owner;
    private final Duration claimTimeout;
    private final Clock clock;
    private final Rounds rounds = new Rounds("instances", this::beat);
    private volatile Supplier<Map<String, Map<Integer, Long>>> here = Map::of;
    private Supplier<Set<String>> standingStill = Set::of;
    /** When a caller last waited for other instances. */
    private volatile long askedNanos = System.nanoTime();

    private volatile Known known = new Known(List.of(), Map.of());

    // Used by the thread of the rounds only.
    private Document told = new Document();
    private long toldNanos = System.nanoTime();
    private long lookedNanos = System.nanoTime();
    private long segmentsNanos = System.nanoTime();

    /**
     * @param others other instances that reported lately
     * @param segments of each processor, of all instances
     */
    private record Known(List<Document> others, Map<String, Set<Integer>> segments) {}

    /** @param owner this instance, unique among all */
    public Instances(MongoDatabase database, String owner, Duration claimTimeout, Clock clock) {
        this.database = database;
        this.instances = database.withTimeout(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .getCollection("instances");
        this.owner = owner;
        this.claimTimeout = claimTimeout;
        this.clock = clock;
    }

    String owner() {
        return owner;
    }

    /**
     * @param positionsHere position after the last handled event, by processor and segment worked on here
     * @param standingStillHere processors that this instance cannot continue
     */
    void start(Supplier<Map<String, Map<Integer, Long>>> positionsHere, Supplier<Set<String>> standingStillHere) {
        here = positionsHere;
        standingStill = standingStillHere;
        beat();
        rounds.start();
    }

    private long beat() {
        var now = clock.instant();
        var work = here.get();
        tell(work, now);
        if (isLookDue()) {
            look(now);
        }
        boolean alone = known.others().isEmpty()
                && work.entrySet().stream()
                        .allMatch(processor -> known.segments()
                                .getOrDefault(processor.getKey(), UNKNOWN)
                                .equals(processor.getValue().keySet()));
        return (alone ? BEAT_ALONE : BEAT_TOGETHER).toNanos();
    }

    private boolean isLookDue() {
        long now = System.nanoTime();
        return known.others().isEmpty() || now - lookedNanos > LOOK.toNanos() || now - askedNanos < LOOK.toNanos();
    }

    private void look(Instant now) {
        lookedNanos = System.nanoTime();
        var silentSince = now.minus(claimTimeout);
        var others = new ArrayList<Document>();
        boolean forget = false;
        for (var instance : instances.find()) {
            var seenAt = instance.getDate("seenAt").toInstant();
            if (!seenAt.isBefore(silentSince)) {
                if (!owner.equals(instance.getString("_id"))) {
                    others.add(instance);
                }
            } else {
                forget |= seenAt.isBefore(now.minus(FORGOTTEN));
            }
        }
        if (forget) {
            instances.deleteMany(lt("seenAt", Date.from(now.minus(FORGOTTEN))));
        }
        known = new Known(List.copyOf(others), segments());
    }

    private void tell(Map<String, Map<Integer, Long>> work, Instant now) {
        var positions = new Document();
        work.forEach((processor, segments) -> {
            var bySegment = new Document();
            segments.forEach((segment, position) -> bySegment.append(String.valueOf(segment), position));
            positions.append(processor, bySegment);
        });
        var self = new Document("positions", positions).append("standingStill", List.copyOf(standingStill.get()));
        boolean together = !known.others().isEmpty();
        if ((together && !self.equals(told)) || System.nanoTime() - toldNanos > beatNanos()) {
            instances.replaceOne(
                    eq(owner), new Document(self).append("seenAt", Date.from(now)), new ReplaceOptions().upsert(true));
            told = self;
            toldNanos = System.nanoTime();
        }
    }

    private long beatNanos() {
        return Math.min(BEAT_ALONE.toNanos(), claimTimeout.toNanos() / BEATS_PER_CLAIM);
    }

    private Map<String, Set<Integer>> segments() {
        if (!known.segments().isEmpty() && System.nanoTime() - segmentsNanos < beatNanos()) {
            return known.segments();
        }
        segmentsNanos = System.nanoTime();
        var segments = new HashMap<String, Set<Integer>>();
        MongoTokenStore.stored(database, Progress.TOKENS, clock.instant(), CALL_LIMIT)
                .forEach((processor, stored) -> segments.put(
                        processor, stored.stream().map(Stored::segment).collect(toUnmodifiableSet())));
        return segments;
    }

    /** How many of a processor's segments this instance may claim, so that each instance has its share. */
    int share(String processor) {
        var now = known;
        long able = 1
                + now.others().stream()
                        .filter(other ->
                                !other.getList("standingStill", String.class).contains(processor))
                        .count();
        var segments = now.segments().get(processor);
        return segments == null || able == 1 ? Integer.MAX_VALUE : (int) Math.ceilDiv(segments.size(), able);
    }

    /**
     * The segments of {@code processor} that no instance is known to have handled up to {@code position}, each with its last known
     * position, or {@link #NOBODY}. They include all segments read a moment ago, and those worked on here.
     *
     * @param positionsHere by segment worked on here
     */
    Map<Integer, Long> behind(String processor, Map<Integer, Long> positionsHere, long position) {
        var now = known;
        var reached = new HashMap<Integer, Long>();
        now.segments()
                .getOrDefault(processor, positionsHere.isEmpty() ? UNKNOWN : Set.of())
                .forEach(segment -> reached.put(segment, NOBODY));
        reached.putAll(positionsHere);
        for (var other : now.others()) {
            // An instance of another version may report in another form, or not at all.
            var there = other.get("positions", new Document()).get(processor, Document.class);
            if (there != null) {
                there.forEach((segment, at) -> reached.computeIfPresent(
                        Integer.valueOf(segment), (same, before) -> Math.max(before, (Long) at)));
            }
        }
        reached.values().removeIf(at -> at >= position);
        if (!reached.isEmpty()) {
            askedNanos = System.nanoTime();
        }
        return reached;
    }

    @Override
    public String name() {
        return "instances";
    }

    @Override
    public Optional<String> trouble() {
        return rounds.fault().map(fault -> "do not hear of each other: " + fault.getMessage());
    }

    /** Removes its report, so that the others take over at once. */
    @Override
    public void close() {
        rounds.close();
        try {
            instances.deleteOne(eq(owner));
        } catch (MongoException e) {
            LOG.debug("the others will find out by themselves", e);
        }
    }
}
