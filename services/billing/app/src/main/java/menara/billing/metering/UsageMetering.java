package menara.billing.metering;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Counts what was accepted: follows each partition of the log and adds its stretches to the hours. A stretch is written down before it is
 * counted and counting it again adds nothing, so a crash at any point loses nothing and counts nothing twice.
 */
@Component
class UsageMetering implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(UsageMetering.class);

    /** Documents counted in one go: what a crash has to repeat. */
    static final int MAX_STRETCH = 64;

    /** How long whoever sent usage is kept waiting until it counts; it is durable before. */
    static final Duration WAIT = Duration.ofSeconds(2);

    /** Documents not counted yet beyond which nobody is kept waiting. */
    static final int MAX_AWAITED = 2;

    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final UsageLog log;
    private final MongoCollection<Document> progress;
    private final MeteredHours hours;
    private final ChargesListener listener;
    private final Clock clock;
    private final int[] counted = new int[UsageLog.PARTITIONS];
    private final int[] accepted = new int[UsageLog.PARTITIONS];
    private final Object counting = new Object();
    private volatile boolean running;
    private volatile Thread thread = new Thread();

    UsageMetering(UsageLog log, MongoDatabase database, MeteredHours hours, ChargesListener listener, Clock clock) {
        this.log = log;
        this.progress = database.getCollection("usage_metering");
        this.hours = hours;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public void start() {
        countAll();
        running = true;
        thread = Thread.ofPlatform().daemon().name("usage-metering").start(this::follow);
    }

    private void follow() {
        while (running) {
            try {
                // Rounds are paced: what comes in meanwhile is counted with fewer writes.
                LockSupport.parkNanos(countOnce() ? PACE_NANOS : IDLE_NANOS);
            } catch (MongoException e) {
                LOG.warn("accepted usage cannot be counted now, trying again: {}", e.toString());
                LockSupport.parkNanos(IDLE_NANOS);
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /**
     * Waits until the partitions are counted up to their ends, so that who reports next reads what it reported; for {@link #WAIT} at most,
     * and not at all while much is waiting to be counted: then it is enough that it is durable.
     */
    void await(Map<Integer, Integer> ends) {
        synchronized (counted) {
            ends.forEach((partition, end) -> accepted[partition] = Math.max(accepted[partition], end));
        }
        LockSupport.unpark(thread);
        long giveUp = System.nanoTime() + WAIT.toNanos();
        while (running && !isCounted(ends) && !isBusy() && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private boolean isBusy() {
        synchronized (counted) {
            int waiting = 0;
            for (int partition = 0; partition < counted.length; partition++) {
                waiting += Math.max(0, accepted[partition] - counted[partition]);
            }
            return waiting > MAX_AWAITED;
        }
    }

    private boolean isCounted(Map<Integer, Integer> ends) {
        synchronized (counted) {
            return ends.entrySet().stream().allMatch(end -> counted[end.getKey()] >= end.getValue());
        }
    }

    /** Everything that any instance has accepted, also what a crash left half counted. */
    void countAll() {
        log.partitions().forEach(UsagePartition::refresh);
        for (var partition : log.partitions()) {
            synchronized (counting) {
                repeatLast(partition);
                while (count(partition)) {
                    // until its end
                }
            }
        }
    }

    private boolean countOnce() {
        boolean any = false;
        for (var partition : log.partitions()) {
            synchronized (counting) {
                any |= count(partition);
            }
        }
        return any;
    }

    /** The stretch written down last may not have been counted to its end. */
    private void repeatLast(UsagePartition partition) {
        var document = progress.find(eq("_id", partition.number())).first();
        if (document != null) {
            add(partition, document.getInteger("from"), document.getInteger("until"));
        }
    }

    private boolean count(UsagePartition partition) {
        int end = partition.end();
        int from = counted(partition);
        if (from >= end) {
            return false;
        }
        int until = Math.min(end, from + MAX_STRETCH);
        if (claim(partition.number(), from, until)) {
            add(partition, from, until);
        } else {
            repeatLast(
                    partition); // another instance was first; what it wrote down is counted by now, or is counted here
        }
        return true;
    }

    private int counted(UsagePartition partition) {
        synchronized (counted) {
            return counted[partition.number()];
        }
    }

    private boolean claim(int partition, int from, int until) {
        if (from == 0) {
            try {
                progress.insertOne(
                        new Document("_id", partition).append("from", 0).append("until", until));
                return true;
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                return false;
            }
        }
        return progress.updateOne(
                                and(eq("_id", partition), eq("until", from)),
                                combine(set("from", from), set("until", until)))
                        .getModifiedCount()
                == 1;
    }

    private void add(UsagePartition partition, int from, int until) {
        partition.refreshUntil(until);
        var contributions = Contribution.of(
                partition.entries(from, until),
                head -> partition.find(head).orElseThrow().entry());
        // Known from now on, not from when it was received: nobody could see it before.
        hours.add(
                contributions, partition.number() + ":" + from, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        synchronized (counted) {
            counted[partition.number()] = until;
        }
        contributions.stream().map(Contribution::contract).distinct().forEach(listener::chargesChanged);
    }
}
