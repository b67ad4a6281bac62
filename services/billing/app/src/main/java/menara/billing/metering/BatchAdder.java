package menara.billing.metering;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.billing.metering.hours.Contribution;
import menara.billing.metering.hours.MeteredHours;
import menara.billing.usage.events.Faults;
import menara.values.ContractId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds batches of usage to the hours. The usage of a contract that cannot be added is parked; the rest of the batch is added. */
final class BatchAdder {

    private static final Logger LOG = LoggerFactory.getLogger(BatchAdder.class);

    private final MeteredHours hours;
    private final ParkedUsage parked;
    private final ChargesListener listener;
    private final Clock clock;

    BatchAdder(MeteredHours hours, ParkedUsage parked, ChargesListener listener, Clock clock) {
        this.hours = hours;
        this.parked = parked;
        this.listener = listener;
        this.clock = clock;
    }

    /** @param without documents of the batch that are parked on their own */
    Adding adding(String origin, int partition, int from, int until, Set<Integer> without) {
        return new Adding(origin, partition, from, until, without);
    }

    /** The time at which it was parked. */
    Adding adding(ParkedUsage.Item item) {
        return new Adding(item);
    }

    /** Several batches with one write, and each contract by itself where that fails. */
    void together(Map<Adding, MeteringBatch> batches) {
        var sound = new LinkedHashMap<Adding, Map<ContractId, Map<String, List<Contribution>>>>();
        batches.forEach((adding, batch) -> sound.put(adding, adding.sound(batch)));
        try {
            hours.add(together(sound.values().stream().flatMap(one -> one.values().stream())), now());
            tell(sound.values().stream().flatMap(one -> one.values().stream()));
        } catch (RuntimeException e) {
            if (Faults.isOfDatabase(e)) {
                throw e;
            }
            sound.forEach(Adding::each);
        }
    }

    private static Map<String, List<Contribution>> together(Stream<Map<String, List<Contribution>>> added) {
        var together = new HashMap<String, List<Contribution>>();
        added.forEach(one -> one.forEach((name, some) ->
                together.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(some)));
        return together;
    }

    /** Before the batch is marked as counted, so that a crash cannot lose the notification. */
    private void tell(Stream<Map<String, List<Contribution>>> added) {
        listener.chargesChanged(added.flatMap(one -> one.values().stream())
                .flatMap(List::stream)
                .map(Contribution::contract)
                .collect(Collectors.toSet()));
    }

    void park(ParkedUsage.Item item, RuntimeException cause) {
        LOG.error("usage {} of the log cannot be counted and is parked; see /actuator/parked", item.id(), cause);
        parked.park(item);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** One batch, contract by contract. */
    final class Adding {

        private final String origin;
        private final int partition;
        private final int from;
        private final int until;
        private final Set<Integer> without;

        private Adding(String origin, int partition, int from, int until, Set<Integer> without) {
            this.origin = origin;
            this.partition = partition;
            this.from = from;
            this.until = until;
            this.without = Set.copyOf(without);
        }

        private Adding(ParkedUsage.Item item) {
            this(item.origin(), item.partition(), item.from(), item.until(), item.without());
        }

        /** Place behind the last document. */
        int until() {
            return until;
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

        /** The usage that can be counted, by contract; the rest is parked. */
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
                // Recorded as of now, not as of its receipt: no query could see it before.
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

        /** Usage taken from another contract gets an origin of its own, apart from that contract's own usage in the same batch. */
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
            BatchAdder.this.park(
                    new ParkedUsage.Item(origin, partition, from, until, contract, without, cause.toString(), now()),
                    cause);
        }
    }
}
