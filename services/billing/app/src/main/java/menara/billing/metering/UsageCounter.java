package menara.billing.metering;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import menara.billing.metering.hours.MeteredHours;
import menara.billing.usage.log.MeteringWork;
import menara.billing.usage.log.UsageLog;
import menara.billing.usage.log.UsagePartition;
import org.springframework.stereotype.Component;

/**
 * Adds batches of the log to the hours. A batch is stored before it is counted and counting it again adds nothing, so a crash at any point
 * loses nothing and counts nothing twice. The usage of a contract that cannot be counted is parked; the rest of the batch is counted.
 */
@Component
class UsageCounter {

    /** Most documents counted in one batch: a crash repeats at most these. */
    static final int MAX_BATCH = 64;

    /**
     * Most work of one batch, unless one document holds more: 65,000 readings, or 1,000 jobs of a year, fit into memory and are counted
     * quickly.
     */
    static final int MAX_BATCH_WORK = 65_000 * MeteringWork.PER_EVENT;

    private final MeteringProgress progress;
    private final BatchAdder adder;
    private final ParkedUsage parked;

    /** Place behind what is counted, by partition. */
    private final Map<Integer, Integer> counted = new ConcurrentHashMap<>();

    UsageCounter(
            MongoDatabase database, MeteredHours hours, ParkedUsage parked, ChargesListener listener, Clock clock) {
        this.progress = new MeteringProgress(database);
        this.adder = new BatchAdder(hours, parked, listener, clock);
        this.parked = parked;
    }

    /** Place behind the last document of a partition that is counted, or parked. */
    int counted(UsagePartition partition) {
        return counted.getOrDefault(partition.number(), partition.begin());
    }

    /**
     * The result of a round.
     *
     * @param any whether something was counted
     * @param failures of the partitions whose next batch could not be counted now
     */
    record Round(boolean any, Map<Integer, RuntimeException> failures) {}

    /** Counts the next batch of each partition that has one: stored at the same time, and added with one write. */
    synchronized Round count(List<UsagePartition> partitions) {
        var failures = new HashMap<Integer, RuntimeException>();
        var preparing = new HashMap<UsagePartition, FutureTask<Optional<Prepared>>>();
        for (var partition : partitions) {
            if (counted(partition) < partition.end() && isNext(partition)) {
                var task = new FutureTask<>(() -> prepare(partition));
                preparing.put(partition, task);
                Thread.ofVirtual().name("usage-batch").start(task);
            }
        }
        var prepared = new ArrayList<Prepared>();
        preparing.forEach((partition, task) -> {
            try {
                result(task).ifPresent(prepared::add);
            } catch (RuntimeException e) {
                failures.put(partition.number(), e);
            }
        });
        try {
            if (!prepared.isEmpty()) {
                addTogether(prepared);
            }
        } catch (RuntimeException e) {
            prepared.forEach(one -> failures.put(one.partition().number(), e));
        }
        return new Round(preparing.size() > failures.size(), failures);
    }

    /** Usage that may replace events which another partition has not counted yet waits for that partition. */
    private boolean isNext(UsagePartition partition) {
        var before = partition.before();
        return before == null || counted(before) >= before.end();
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while usage was read for counting", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** A batch that is stored and read, and not counted yet. */
    private record Prepared(UsagePartition partition, BatchAdder.Adding adding, MeteringBatch batch) {}

    /** Empty if another instance was first; the batch it stored is counted by now, or is counted here. */
    private Optional<Prepared> prepare(UsagePartition partition) {
        int from = counted(partition);
        int until = partition.batchEnd(from, MAX_BATCH, MAX_BATCH_WORK);
        if (progress.claim(partition, from, until)) {
            return Optional.of(read(partition, from, until, Set.of()));
        }
        repeat(partition);
        return Optional.empty();
    }

    private void addTogether(List<Prepared> prepared) {
        adder.together(prepared.stream().collect(Collectors.toMap(Prepared::adding, Prepared::batch)));
        prepared.forEach(one -> isCounted(one.partition(), one.adding().until()));
    }

    private void isCounted(UsagePartition partition, int until) {
        counted.merge(partition.number(), until, Math::max);
        partition.counted(until);
    }

    /** The batch stored last may not be counted to its end. */
    synchronized void repeatLast(UsagePartition partition) {
        repeat(partition);
    }

    private void repeat(UsagePartition partition) {
        progress.last(partition).ifPresent(claimed -> {
            int from = claimed.from();
            int until = claimed.until();
            var again = read(partition, from, until, parked.documents(partition.number(), from, until));
            var done = again.adding().all(again.batch());
            isCounted(partition, until);
            parked.remove(origin(partition.number(), from), done); // usage that was parked then may be readable now
        });
    }

    private static String origin(int partition, int from) {
        return partition + ":" + from;
    }

    private Prepared read(UsagePartition partition, int from, int until, Set<Integer> without) {
        var batch = MeteringBatch.read(partition, from, until, without);
        var left = new HashSet<>(without);
        batch.unreadable().forEach((n, cause) -> {
            left.add(n);
            adder.park(ParkedUsage.Item.document(partition.number(), n, cause.toString(), adder.now()), cause);
        });
        return new Prepared(
                partition,
                adder.adding(origin(partition.number(), from), partition.number(), from, until, left),
                batch);
    }

    /**
     * Counts parked usage again.
     *
     * @return false if it still cannot be counted, or is no longer parked
     */
    synchronized boolean countAgain(String id, UsageLog log) {
        var found = parked.find(id);
        if (found.isEmpty()) {
            return false;
        }
        var item = found.get();
        var partition = log.partitions().get(item.partition());
        var contract = item.contract();
        boolean done = contract == null
                ? readAgain(log, partition, item)
                : adder.adding(item)
                        .one(contract, MeteringBatch.read(partition, item.from(), item.until(), item.without()));
        if (done) {
            parked.remove(item);
        }
        return done;
    }

    private boolean readAgain(UsageLog log, UsagePartition partition, ParkedUsage.Item item) {
        var batch = MeteringBatch.readAgain(log, partition, item.from());
        if (!batch.unreadable().isEmpty()) {
            return false;
        }
        adder.adding(item).all(batch);
        return true;
    }
}
