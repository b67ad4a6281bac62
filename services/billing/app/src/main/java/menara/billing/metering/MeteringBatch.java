package menara.billing.metering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import menara.billing.metering.hours.Contribution;
import menara.billing.usage.events.Hash128;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.log.UsageDocuments;
import menara.billing.usage.log.UsageLog;
import menara.billing.usage.log.UsagePartition;
import menara.values.ContractId;

/**
 * A range of documents of a partition, read for counting.
 *
 * @param entries by the contract whose usage they report, in the order of the log
 * @param superseded the events that they replace, as far as they could be read
 * @param notUnderstood contracts with an event that could not be understood, and why
 * @param unreadable documents that could not be read at all, and why
 */
record MeteringBatch(
        Map<ContractId, List<UsageEntry>> entries,
        Map<Hash128, UsageEntry> superseded,
        Map<ContractId, RuntimeException> notUnderstood,
        Map<Integer, RuntimeException> unreadable) {

    /** The contributions of a contract's events; contributions to other contracts come from events that moved to this one. */
    List<Contribution> contributions(ContractId contract) {
        var failure = notUnderstood.get(contract);
        if (failure != null) {
            throw failure;
        }
        return Contribution.of(entries.getOrDefault(contract, List.of()), head -> {
            var found = superseded.get(head);
            if (found == null) {
                throw new IllegalStateException("the superseded event %s cannot be read".formatted(head));
            }
            return found;
        });
    }

    Set<ContractId> contracts() {
        var contracts = new HashSet<>(notUnderstood.keySet());
        contracts.addAll(entries.keySet());
        return contracts;
    }

    /** Reads the documents from {@code from} (inclusive) until {@code until}, with the events that theirs replace. */
    static MeteringBatch read(UsagePartition partition, int from, int until, Set<Integer> without) {
        partition.refreshUntil(until);
        var failures = new Failures();
        var entries = new ArrayList<UsageEntry>();
        for (int at = from; at < until; ) {
            int end = at;
            while (end < until && !without.contains(end)) {
                end++;
            }
            entries.addAll(partition.entries(at, end, failures));
            at = end + 1;
        }
        return of(partition, entries, failures);
    }

    /** One document that could not be read before, without the events that were accepted again since. */
    static MeteringBatch readAgain(UsageLog log, UsagePartition partition, int n) {
        partition.refreshUntil(n + 1);
        var failures = new Failures();
        var entries = partition.documents().entries(n, n + 1, failures);
        return of(partition, log.admit(entries, n), failures);
    }

    private static MeteringBatch of(UsagePartition partition, List<UsageEntry> entries, Failures failures) {
        var byContract = new LinkedHashMap<ContractId, List<UsageEntry>>();
        var wanted = new HashSet<Hash128>();
        for (var entry : entries) {
            byContract
                    .computeIfAbsent(entry.event().contract(), _ -> new ArrayList<>())
                    .add(entry);
            if (entry.head() != null) {
                wanted.add(entry.head());
            }
        }
        var superseded = new HashMap<Hash128, UsageEntry>();
        keep(entries, wanted, superseded);
        for (int place : partition.places(wanted)) {
            keep(partition.entries(place, place + 1, UsageDocuments.Unreadable.IGNORED), wanted, superseded);
        }
        return new MeteringBatch(byContract, superseded, failures.notUnderstood, failures.unreadable);
    }

    private static void keep(List<UsageEntry> entries, Set<Hash128> wanted, Map<Hash128, UsageEntry> found) {
        for (var entry : entries) {
            if (wanted.remove(entry.key())) {
                found.put(entry.key(), entry);
            }
        }
    }

    private static final class Failures implements UsageDocuments.Unreadable {

        private final Map<ContractId, RuntimeException> notUnderstood = new HashMap<>();
        private final Map<Integer, RuntimeException> unreadable = new HashMap<>();

        @Override
        public void tell(ContractId contract, RuntimeException cause) {
            notUnderstood.putIfAbsent(contract, cause);
        }

        @Override
        public void document(int n, RuntimeException cause) {
            unreadable.put(n, cause);
        }
    }
}
