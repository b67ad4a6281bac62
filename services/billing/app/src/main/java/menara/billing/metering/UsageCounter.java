package menara.billing.metering;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.billing.metering.hours.Contribution;
import menara.billing.metering.hours.MeteredHours;
import menara.billing.usage.events.Faults;
import menara.billing.usage.log.MeteringWork;
import menara.billing.usage.log.UsageLog;
import menara.billing.usage.log.UsagePartition;
import menara.eventstore.mongodb.LogWentBack;
import menara.values.ContractId;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Adds batches of the log to the hours. A batch is written down before it is counted and counting it again adds nothing, so a crash
 * at any point loses nothing and counts nothing twice. What of it cannot be counted is parked, by contract, and the rest goes on.
 */
@Component
class UsageCounter {

    private static final Logger LOG = LoggerFactory.getLogger(UsageCounter.class);

    /** Documents counted in one go: what a crash has to repeat. */
    static final int MAX_BATCH = 64;

    /**
     * Work done in one go, unless one document holds more: 65,000 readings, or 1,000 jobs of a year, fit into memory and keep nobody
     * waiting for long.
     */
    static final int MAX_BATCH_WORK = 65_000 * MeteringWork.PER_EVENT;

    private final MongoCollection<Document> progress;
    private final MeteredHours hours;
    private final ParkedUsage parked;
    private final ChargesListener listener;
    private final Clock clock;

    /** Place behind what is counted, by partition. */
    private final Map<Integer, Integer> counted = new ConcurrentHashMap<>();

    UsageCounter(
            MongoDatabase database, MeteredHours hours, ParkedUsage parked, ChargesListener listener, Clock clock) {
        this.progress = database.getCollection("usage_metering");
        this.hours = hours;
        this.parked = parked;
        this.listener = listener;
        this.clock = clock;
    }

    /** Place behind the last document of a partition that is counted, or parked. */
    int counted(UsagePartition partition) {
        return counted.getOrDefault(partition.number(), partition.begin());
    }

    /**
     * What became of a round.
     *
     * @param any whether something was counted
     * @param failures of the partitions whose next batch could not be counted now
     */
    record Round(boolean any, Map<Integer, RuntimeException> failures) {}

    /** Counts the next batch of each partition that has one: written down at the same time, and added with one write. */
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

    /** Nothing is counted that may take away what another partition has not counted yet. */
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

    /** A batch that is written down and read; nothing of it counts yet. */
    private record Prepared(UsagePartition partition, Adding adding, MeteringBatch batch) {}

    /** Empty if another instance was first; what it wrote down is counted by now, or is counted here. */
    private Optional<Prepared> prepare(UsagePartition partition) {
        int from = counted(partition);
        int until = partition.batchEnd(from, MAX_BATCH, MAX_BATCH_WORK);
        if (claim(partition, from, until)) {
            return Optional.of(read(partition, from, until, Set.of()));
        }
        repeat(partition);
        return Optional.empty();
    }

    /** With one write, and each by itself where that fails. */
    private void addTogether(List<Prepared> prepared) {
        var sound = prepared.stream()
                .collect(Collectors.toMap(one -> one, one -> one.adding().sound(one.batch())));
        try {
            hours.add(together(sound.values().stream().flatMap(one -> one.values().stream())), now());
            tell(sound.values().stream().flatMap(one -> one.values().stream()));
        } catch (RuntimeException e) {
            if (Faults.isOfDatabase(e)) {
                throw e;
            }
            sound.forEach((one, contributions) -> one.adding().each(contributions));
        }
        prepared.forEach(one -> isCounted(one.partition(), one.adding().until));
    }

    private static Map<String, List<Contribution>> together(Stream<Map<String, List<Contribution>>> added) {
        var together = new HashMap<String, List<Contribution>>();
        added.forEach(one -> one.forEach((name, some) ->
                together.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(some)));
        return together;
    }

    /** Before the batch is crossed off: who is told must not be forgotten by a crash. */
    private void tell(Stream<Map<String, List<Contribution>>> added) {
        listener.chargesChanged(added.flatMap(one -> one.values().stream())
                .flatMap(List::stream)
                .map(Contribution::contract)
                .collect(Collectors.toSet()));
    }

    private void isCounted(UsagePartition partition, int until) {
        counted.merge(partition.number(), until, Math::max);
        partition.counted(until);
    }

    /** The batch written down last may not have been counted to its end. */
    synchronized void repeatLast(UsagePartition partition) {
        repeat(partition);
    }

    private void repeat(UsagePartition partition) {
        var document = progress.find(eq("_id", partition.number())).first();
        if (document != null) {
            int from = document.getInteger("from");
            int until = document.getInteger("until");
            requireHeld(partition, until, document.getString("last"));
            var again = read(partition, from, until, parked.documents(partition.number(), from, until));
            var done = again.adding().all(again.batch());
            isCounted(partition, until);
            parked.remove(origin(partition.number(), from), done); // what was parked then may be understood now
        }
    }

    /** What is counted behind documents that the log does not hold any more would leave out those that have their places. */
    private static void requireHeld(UsagePartition partition, int until, @Nullable String last) {
        if (last != null && !last.equals(partition.idAt(until - 1).toString())) {
            throw LogWentBack.derived("usage_log", "%d|%d".formatted(partition.number(), until - 1));
        }
    }

    private boolean claim(UsagePartition partition, int from, int until) {
        var last = partition.idAt(until - 1).toString();
        if (from == partition.begin()) {
            try {
                progress.insertOne(new Document("_id", partition.number())
                        .append("from", from)
                        .append("until", until)
                        .append("last", last));
                return true;
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                return false;
            }
        }
        return progress.updateOne(
                                and(eq("_id", partition.number()), eq("until", from)),
                                combine(set("from", from), set("until", until), set("last", last)))
                        .getModifiedCount()
                == 1;
    }

    private static String origin(int partition, int from) {
        return partition + ":" + from;
    }

    private Prepared read(UsagePartition partition, int from, int until, Set<Integer> without) {
        var batch = MeteringBatch.read(partition, from, until, without);
        var left = new HashSet<>(without);
        batch.unreadable().forEach((n, cause) -> {
            left.add(n);
            park(ParkedUsage.Item.document(partition.number(), n, cause.toString(), now()), cause);
        });
        return new Prepared(
                partition,
                new Adding(origin(partition.number(), from), partition.number(), from, until, left),
                batch);
    }

    /**
     * Counts parked usage again.
     *
     * @return false if it still cannot be counted, or is not parked any more
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
                : new Adding(item).one(contract, MeteringBatch.read(partition, item.from(), item.until(), item.without()));
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
        new Adding(item).all(batch);
        return true;
    }

    private void park(ParkedUsage.Item item, RuntimeException cause) {
        LOG.error("usage {} of the log cannot be counted and is parked; see /actuator/parked", item.id(), cause);
        parked.park(item);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** One batch, contract by contract. */
    private final class Adding {

        private final String origin;
        private final int partition;
        private final int from;
        private final int until;
        private final Set<Integer> without;

        Adding(String origin, int partition, int from, int until, Set<Integer> without) {
            this.origin = origin;
            this.partition = partition;
            this.from = from;
            this.until = until;
            this.without = Set.copyOf(without);
        }

        Adding(ParkedUsage.Item item) {
            this(item.origin(), item.partition(), item.from(), item.until(), item.without());
        }

        /**
         * All contracts with one write, and each by itself where that fails.
         *
         * @return those that are counted
         */
        Set<ContractId> all(MeteringBatch batch) {
            var sound = sound(batch);
            try {
                hours.add(together(sound.values().stream()), now());
                tell(sound.values().stream());
                return sound.keySet();
            } catch (RuntimeException e) {
                if (Faults.isOfDatabase(e)) {
                    throw e;
                }
                return each(sound);
            }
        }

        /** What can be counted, by contract; the rest is parked. */
        Map<ContractId, Map<String, List<Contribution>>> sound(MeteringBatch batch) {
            var sound = new LinkedHashMap<ContractId, Map<String, List<Contribution>>>();
            for (var contract : batch.contracts()) {
                try {
                    sound.put(contract, byOrigin(contract, batch.contributions(contract)));
                } catch (RuntimeException e) {
                    park(contract, e);
                }
            }
            return sound;
        }

        /** @return those that are counted */
        Set<ContractId> each(Map<ContractId, Map<String, List<Contribution>>> sound) {
            sound.entrySet().removeIf(one -> !each(one.getKey(), one.getValue()));
            return sound.keySet();
        }

        private boolean each(ContractId contract, Map<String, List<Contribution>> added) {
            try {
                // Known from now on, not from when it was received: nobody could see it before.
                hours.add(added, now());
                tell(Stream.of(added));
                return true;
            } catch (RuntimeException e) {
                park(contract, e);
                return false;
            }
        }

        /** @return false if it cannot be counted */
        boolean one(ContractId contract, MeteringBatch batch) {
            if (!batch.unreadable().isEmpty()) {
                return false;
            }
            try {
                return each(contract, byOrigin(contract, batch.contributions(contract)));
            } catch (RuntimeException e) {
                park(contract, e);
                return false;
            }
        }

        /** What takes usage from another contract is told apart from that contract's own usage of the same batch. */
        private Map<String, List<Contribution>> byOrigin(ContractId contract, List<Contribution> contributions) {
            var byOrigin = new HashMap<String, List<Contribution>>();
            for (var contribution : contributions) {
                var name = contribution.contract().equals(contract) ? origin : origin + "<" + contract;
                byOrigin.computeIfAbsent(name, _ -> new ArrayList<>()).add(contribution);
            }
            return byOrigin;
        }

        private void park(ContractId contract, RuntimeException cause) {
            if (Faults.isOfDatabase(cause)) {
                throw cause;
            }
            UsageCounter.this.park(
                    new ParkedUsage.Item(origin, partition, from, until, contract, without, cause.toString(), now()),
                    cause);
        }
    }
}
