package menara.eventstore.spring;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import menara.eventstore.mongodb.machine.Rounds;
import menara.eventstore.mongodb.processing.MongoTokenStore;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances of the service that run now, which know of each other by the database alone: each says that it is there, how far its
 * segments have come, and which processors it cannot go on with. So they share the segments, and who wrote at one reads at it what the other
 * projects.
 */
final class Instances implements Background, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Instances.class);

    private static final Duration BEAT_ALONE = Duration.ofSeconds(2);
    private static final Duration BEAT_TOGETHER = Duration.ofMillis(50);

    /** While nothing happens, so often all the same. */
    private static final int BEATS_PER_CLAIM = 4;

    /** An instance that was not heard of for so long is forgotten. */
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private static final Duration CALL_LIMIT = Duration.ofSeconds(2);

    private final MongoCollection<Document> instances;
    private final MongoDatabase database;
    private final String owner;
    private final Duration claimTimeout;
    private final Clock clock;
    private final Rounds rounds = new Rounds("instances", this::beat);
    private volatile Supplier<Map<String, Held>> held = Map::of;
    private Supplier<Set<String>> standingStill = Set::of;
    private volatile Known known = new Known(List.of(), Map.of());

    // Of the thread of the rounds.
    private Document told = new Document();
    private long toldNanos = System.nanoTime();
    private long segmentsNanos = System.nanoTime();

    /**
     * @param others instances that were heard of lately, besides this one
     * @param segments how many each processor has
     */
    private record Known(List<Document> others, Map<String, Integer> segments) {}

    /**
     * What an instance works on of a processor.
     *
     * @param segments how many
     * @param position behind the last event that all of them have handled
     */
    record Held(int segments, long position) {

        private Document document() {
            return new Document("segments", segments).append("position", position);
        }

        private static Held of(Document document) {
            return new Held(document.getInteger("segments"), document.getLong("position"));
        }
    }

    /** @param owner this one, unique among all */
    Instances(MongoDatabase database, String owner, Duration claimTimeout, Clock clock) {
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
     * @param heldHere what is worked on here, by processor
     * @param standingStillHere processors that this instance cannot go on with
     */
    void start(Supplier<Map<String, Held>> heldHere, Supplier<Set<String>> standingStillHere) {
        held = heldHere;
        standingStill = standingStillHere;
        rounds.start();
    }

    private long beat() {
        var now = clock.instant();
        var work = new Document();
        held.get().forEach((processor, segments) -> work.append(processor, segments.document()));
        var self = new Document("held", work).append("standingStill", List.copyOf(standingStill.get()));
        boolean together = !known.others().isEmpty();
        long sinceTold = System.nanoTime() - toldNanos;
        if ((together && !self.equals(told)) || sinceTold > beatNanos()) {
            instances.replaceOne(
                    eq(owner), new Document(self).append("seenAt", Date.from(now)), new ReplaceOptions().upsert(true));
            told = self;
            toldNanos = System.nanoTime();
        }
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
        known = new Known(List.copyOf(others), others.isEmpty() ? Map.of() : segments());
        return (others.isEmpty() ? BEAT_ALONE : BEAT_TOGETHER).toNanos();
    }

    private long beatNanos() {
        return Math.min(BEAT_ALONE.toNanos(), claimTimeout.toNanos() / BEATS_PER_CLAIM);
    }

    private Map<String, Integer> segments() {
        if (!known.segments().isEmpty() && System.nanoTime() - segmentsNanos < beatNanos()) {
            return known.segments();
        }
        segmentsNanos = System.nanoTime();
        var counts = new HashMap<String, Integer>();
        MongoTokenStore.stored(database, Progress.TOKENS, clock.instant(), CALL_LIMIT)
                .forEach((processor, segments) -> counts.put(processor, segments.size()));
        return counts;
    }

    /** How many of a processor's segments this instance may claim, so that all have their share. */
    int share(String processor) {
        var now = known;
        long able = 1
                + now.others().stream()
                        .filter(other ->
                                !other.getList("standingStill", String.class).contains(processor))
                        .count();
        var segments = now.segments().get(processor);
        return segments == null || able == 1 ? Integer.MAX_VALUE : (int) Math.ceilDiv(segments, able);
    }

    /** Waits until what the other instances project of {@code processors} has passed {@code position}, or the time is up. */
    void await(List<String> processors, long position, long giveUpNanos) {
        while (isBehind(processors, position) && System.nanoTime() < giveUpNanos) {
            LockSupport.parkNanos(BEAT_TOGETHER.toNanos() / 2);
        }
    }

    private boolean isBehind(List<String> processors, long position) {
        var now = known;
        if (now.others().isEmpty()) {
            return false;
        }
        var here = held.get();
        return processors.stream().anyMatch(processor -> {
            var there = now.others().stream()
                    .flatMap(other ->
                            Stream.ofNullable(other.get("held", Document.class).get(processor, Document.class)))
                    .map(Held::of)
                    .toList();
            int covered = Stream.concat(there.stream(), Stream.ofNullable(here.get(processor)))
                    .mapToInt(Held::segments)
                    .sum();
            return covered < now.segments().getOrDefault(processor, 0)
                    || there.stream().anyMatch(other -> other.position() < position);
        });
    }

    @Override
    public String name() {
        return "instances";
    }

    @Override
    public Optional<String> trouble() {
        return rounds.fault().map(fault -> "do not hear of each other: " + fault.getMessage());
    }

    /** Says goodbye, so that the others take over at once. */
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
