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
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import menara.values.ContractId;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Adds stretches of the log to the hours. A stretch is written down before it is counted and counting it again adds nothing, so a crash
 * at any point loses nothing and counts nothing twice. What of it cannot be counted is parked, by contract, and the rest goes on.
 */
@Component
class UsageCounter {

    private static final Logger LOG = LoggerFactory.getLogger(UsageCounter.class);

    /** Documents counted in one go: what a crash has to repeat. */
    static final int MAX_STRETCH = 64;

    /**
     * Work done in one go, unless one document holds more: 65,000 readings, or 1,000 jobs of a year, fit into memory and keep nobody
     * waiting for long.
     */
    static final int MAX_STRETCH_WORK = 65_000 * StretchWork.PER_EVENT;

    private final MongoCollection<Document> progress;
    private final MeteredHours hours;
    private final ParkedUsage parked;
    private final ChargesListener listener;
    private final Clock clock;
    private final AtomicIntegerArray counted = new AtomicIntegerArray(UsageLog.PARTITIONS);

    UsageCounter(
            MongoDatabase database, MeteredHours hours, ParkedUsage parked, ChargesListener listener, Clock clock) {
        this.progress = database.getCollection("usage_metering");
        this.hours = hours;
        this.parked = parked;
        this.listener = listener;
        this.clock = clock;
    }

    /** Place behind the last document of a partition that is counted, or parked. */
    int counted(int partition) {
        return counted.get(partition);
    }

    /** Counts the next stretch of a partition; false if there is none. */
    synchronized boolean count(UsagePartition partition) {
        int from = counted.get(partition.number());
        if (from >= partition.end()) {
            return false;
        }
        int until = partition.stretchEnd(from, MAX_STRETCH, MAX_STRETCH_WORK);
        if (claim(partition.number(), from, until)) {
            add(partition, from, until, Set.of());
        } else {
            // Another instance was first; what it wrote down is counted by now, or is counted here.
            repeatLast(partition);
        }
        return true;
    }

    /** The stretch written down last may not have been counted to its end. */
    synchronized void repeatLast(UsagePartition partition) {
        var document = progress.find(eq("_id", partition.number())).first();
        if (document != null) {
            int from = document.getInteger("from");
            int until = document.getInteger("until");
            var done = add(partition, from, until, parked.documents(partition.number(), from, until));
            parked.remove(origin(partition.number(), from), done); // what was parked then may be understood now
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

    private static String origin(int partition, int from) {
        return partition + ":" + from;
    }

    /** @return the contracts whose usage in the stretch is counted */
    private Set<ContractId> add(UsagePartition partition, int from, int until, Set<Integer> without) {
        var stretch = Stretch.read(partition, from, until, without);
        var left = new HashSet<>(without);
        stretch.unreadable().forEach((n, cause) -> {
            left.add(n);
            park(ParkedUsage.Item.document(partition.number(), n, cause.toString(), now()), cause);
        });
        var done = new Adding(origin(partition.number(), from), partition.number(), from, until, left).all(stretch);
        counted.set(partition.number(), until);
        return done;
    }

    /**
     * Counts parked usage again.
     *
     * @return false if it still cannot be counted, or is not parked any more
     */
    synchronized boolean countAgain(String id, List<UsagePartition> partitions) {
        var found = parked.find(id);
        if (found.isEmpty()) {
            return false;
        }
        var item = found.get();
        var partition = partitions.get(item.partition());
        var contract = item.contract();
        boolean done = contract == null
                ? readAgain(partition, item)
                : new Adding(item).one(contract, Stretch.read(partition, item.from(), item.until(), item.without()));
        if (done) {
            parked.remove(item);
        }
        return done;
    }

    private boolean readAgain(UsagePartition partition, ParkedUsage.Item item) {
        var stretch = Stretch.readAgain(partition, item.from());
        if (!stretch.unreadable().isEmpty()) {
            return false;
        }
        new Adding(item).all(stretch);
        return true;
    }

    private void park(ParkedUsage.Item item, RuntimeException cause) {
        LOG.error("usage {} of the log cannot be counted and is parked; see /actuator/parked", item.id(), cause);
        parked.park(item);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** One stretch, contract by contract. */
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
        Set<ContractId> all(Stretch stretch) {
            var sound = new LinkedHashMap<ContractId, Map<String, List<Contribution>>>();
            for (var contract : stretch.contracts()) {
                try {
                    sound.put(contract, byOrigin(contract, stretch.contributions(contract)));
                } catch (RuntimeException e) {
                    park(contract, e);
                }
            }
            try {
                write(sound);
                sound.values().forEach(this::tell);
                return sound.keySet();
            } catch (RuntimeException e) {
                if (Faults.isOfDatabase(e)) {
                    throw e;
                }
                sound.entrySet().removeIf(one -> !each(one.getKey(), one.getValue()));
                return sound.keySet();
            }
        }

        private void write(Map<ContractId, Map<String, List<Contribution>>> sound) {
            var together = new HashMap<String, List<Contribution>>();
            sound.values()
                    .forEach(one -> one.forEach((name, added) -> together.merge(name, added, (some, more) -> {
                        var all = new ArrayList<>(some);
                        all.addAll(more);
                        return all;
                    })));
            // Known from now on, not from when it was received: nobody could see it before.
            hours.add(together, now());
        }

        private boolean each(ContractId contract, Map<String, List<Contribution>> added) {
            try {
                hours.add(added, now());
                tell(added);
                return true;
            } catch (RuntimeException e) {
                park(contract, e);
                return false;
            }
        }

        /** @return false if it cannot be counted */
        boolean one(ContractId contract, Stretch stretch) {
            if (!stretch.unreadable().isEmpty()) {
                return false;
            }
            try {
                return each(contract, byOrigin(contract, stretch.contributions(contract)));
            } catch (RuntimeException e) {
                park(contract, e);
                return false;
            }
        }

        /** What takes usage from another contract is told apart from that contract's own usage of the same stretch. */
        private Map<String, List<Contribution>> byOrigin(ContractId contract, List<Contribution> contributions) {
            var byOrigin = new HashMap<String, List<Contribution>>();
            for (var contribution : contributions) {
                var name = contribution.contract().equals(contract) ? origin : origin + "<" + contract;
                byOrigin.computeIfAbsent(name, _ -> new ArrayList<>()).add(contribution);
            }
            return byOrigin;
        }

        /** Before the stretch is crossed off: who is told must not be forgotten by a crash. */
        private void tell(Map<String, List<Contribution>> added) {
            added.values().stream()
                    .flatMap(List::stream)
                    .map(Contribution::contract)
                    .distinct()
                    .forEach(listener::chargesChanged);
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
