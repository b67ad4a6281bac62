package menara.billing.metering;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import menara.billing.usage.log.UsageLog;
import menara.billing.usage.log.UsagePartition;
import menara.eventstore.mongodb.machine.Complaints;
import menara.eventstore.spring.processing.ParkingPlace;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Counts accepted usage: follows each partition of the log. A partition that cannot be followed now is tried again and does not delay the
 * others.
 */
@Component
public class UsageMetering implements SmartLifecycle, ParkingPlace {

    private static final Logger LOG = LoggerFactory.getLogger(UsageMetering.class);

    /** How long a sender of usage waits until it is counted; it is durable before. */
    static final Duration WAIT = Duration.ofSeconds(2);

    /** If more documents than this are not counted yet, senders do not wait. */
    static final int MAX_AWAITED = 2;

    /** How long a start waits until usage accepted before is counted. */
    static final Duration MAX_START = Duration.ofSeconds(10);

    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final UsageLog log;
    private final UsageCounter counter;
    private final ParkedUsage parked;
    private final Pulse pulse;
    private final Complaints complaints = new Complaints(System::nanoTime);
    private final CountDownLatch caughtUp = new CountDownLatch(1);

    /** Completed when a round is over; waiting senders check again then. */
    private final AtomicReference<CompletableFuture<Void>> round = new AtomicReference<>(new CompletableFuture<>());

    private volatile boolean running;
    private volatile Thread thread = new Thread();

    UsageMetering(UsageLog log, UsageCounter counter, ParkedUsage parked) {
        this.log = log;
        this.counter = counter;
        this.parked = parked;
        this.pulse = new Pulse(log.partitions().size(), System.nanoTime());
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("usage-metering").start(this::follow);
        awaitCaughtUp();
    }

    /** Usage accepted before a restart is visible after it, unless much is left to count. */
    private void awaitCaughtUp() {
        try {
            if (!caughtUp.await(MAX_START.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("{} documents of usage are still to be counted", lag());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try {
            countAll();
            caughtUp.countDown();
            while (running) {
                // Rounds are paced, so that usage which arrives meanwhile is counted with fewer writes.
                boolean any = countOnce();
                requireNonNull(round.getAndSet(new CompletableFuture<>())).complete(null);
                LockSupport.parkNanos(any ? PACE_NANOS : IDLE_NANOS);
            }
        } catch (Error e) {
            // After an error such as running out of memory this thread cannot be relied on; health reports that
            // counting has stopped.
            pulse.died(e);
            LOG.error("accepted usage is no longer counted until the service is started again", e);
            throw e;
        } finally {
            caughtUp.countDown();
            requireNonNull(round.get()).complete(null);
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
     * Waits until the partitions are counted up to their ends, so that a sender can read the usage it reported; for {@link #WAIT} at most,
     * and not at all while many documents are not counted yet: then durable is enough.
     */
    public void await(Map<Integer, Integer> ends) {
        LockSupport.unpark(thread);
        long giveUp = System.nanoTime() + WAIT.toNanos();
        try {
            while (true) {
                var next = requireNonNull(round.get());
                if (!thread.isAlive() || isCounted(ends) || lag() > MAX_AWAITED) {
                    return;
                }
                next.get(giveUp - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException _) {
            // it is durable and will be counted
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a round never completes with a failure", e);
        }
    }

    private boolean isCounted(Map<Integer, Integer> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> counter.counted(log.partitions().get(end.getKey())) >= end.getValue());
    }

    /** Documents that were accepted and are not counted yet. */
    long lag() {
        return log.partitions().stream().mapToLong(this::waiting).sum();
    }

    private int waiting(UsagePartition partition) {
        return Math.max(0, partition.end() - counter.counted(partition));
    }

    /** What is wrong with counting now; empty if nothing is wrong. */
    List<String> troubles() {
        return pulse.troubles(System.nanoTime(), running && thread.isAlive());
    }

    /** Counts everything that any instance has accepted until now, including batches that a crash left half counted. */
    void countAll() {
        for (var partition : log.partitions()) {
            attempt(partition, () -> {
                partition.refresh();
                return true;
            });
        }
        log.follow();
        for (var partition : log.partitions()) {
            attempt(partition, () -> {
                counter.repeatLast(partition);
                return true;
            });
        }
        var ends = log.partitions().stream().collect(Collectors.toMap(UsagePartition::number, UsagePartition::end));
        while (!isCounted(ends) && countOnce()) {
            // in turns, so that no partition waits for another's backlog
        }
    }

    private boolean countOnce() {
        var partitions = log.partitions();
        var counted = partitions.stream().collect(Collectors.toMap(UsagePartition::number, counter::counted));
        var done = counter.count(partitions);
        for (var partition : partitions) {
            var failure =
                    Optional.ofNullable(done.failures().get(partition.number())).or(() -> faultOf(partition));
            if (failure.isEmpty()) {
                pulse.beat(partition.number(), System.nanoTime());
            } else {
                failed(partition, failure.get(), requireNonNull(counted.get(partition.number())));
            }
        }
        return done.any();
    }

    /** An instance that has seen more than the log holds fails here, even if there is nothing to count. */
    private static Optional<RuntimeException> faultOf(UsagePartition partition) {
        try {
            partition.verify();
            return Optional.empty();
        } catch (MongoException | EventStoreException e) {
            return Optional.of(e);
        }
    }

    @FunctionalInterface
    private interface Counting {
        boolean once();
    }

    private boolean attempt(UsagePartition partition, Counting counting) {
        int before = counter.counted(partition);
        try {
            boolean any = counting.once();
            pulse.beat(partition.number(), System.nanoTime());
            return any;
        } catch (RuntimeException e) {
            failed(partition, e, before);
            return false;
        }
    }

    private void failed(UsagePartition partition, RuntimeException cause, int countedBefore) {
        if (complaints.isDue(cause.getClass())) {
            LOG.warn("accepted usage of partition {} cannot be counted now, trying again", partition.number(), cause);
        }
        pulse.failed(partition.number(), cause);
        if (counter.counted(partition) > countedBefore) {
            pulse.advanced(partition.number(), System.nanoTime());
        }
    }

    @Override
    public String name() {
        return "usage-metering";
    }

    @Override
    public long count() {
        return parked.count();
    }

    @Override
    public List<Parked> parked() {
        return parked.all().stream()
                .map(item -> new Parked(
                        item.id(),
                        "documents %d to %d of partition %d".formatted(item.from(), item.until() - 1, item.partition()),
                        item.contract() == null ? "usage document" : "usage of contract " + item.contract(),
                        item.error(),
                        item.parkedAt()))
                .toList();
    }

    @Override
    public int replay(String sequence) {
        return counter.countAgain(sequence, log) ? 1 : 0;
    }
}
