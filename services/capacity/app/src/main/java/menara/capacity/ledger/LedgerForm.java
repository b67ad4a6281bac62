package menara.capacity.ledger;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import menara.capacity.boundary.Boundary;
import menara.capacity.campus.Buckets;
import menara.capacity.campus.SnapshotJson;
import menara.capacity.deratings.Shortfall;
import menara.eventstore.spring.PackedJson;
import menara.eventstore.spring.StateForm;

/**
 * A ledger as stored in its snapshot: equal ledgers give equal bytes.
 *
 * @param commitments in the order in which they were made
 * @param atRisk shortfalls by reservation, as they were recorded last
 * @param waiting waitlist entries, in the order in which they were made
 * @param made how many commitments were ever made
 */
record LedgerForm(
        List<Commitment> commitments,
        SortedMap<String, List<Shortfall>> atRisk,
        SortedMap<Long, WaitlistEntry> waiting,
        long made) {

    static StateForm<Boundary, Ledger> of(String revision) {
        return new PackedJson<>(
                revision, Boundary::name, SnapshotJson.MAPPER, LedgerForm.class, LedgerForm::of, LedgerForm::ledger);
    }

    private static LedgerForm of(Ledger ledger) {
        return new LedgerForm(
                ledger.commitments()
                        .values()
                        .sorted(Comparator.comparingLong(Commitment::order))
                        .toList(),
                ledger.atRisk(),
                ledger.waiting(),
                ledger.made());
    }

    private Ledger ledger() {
        Map<String, Commitment> byReservation = commitments.stream()
                .collect(Collectors.toMap(commitment -> commitment.reservation().toString(), Function.identity()));
        var found = new TreeMap<String, List<Shortfall>>();
        atRisk.forEach((reservation, shortfalls) -> found.put(reservation, List.copyOf(shortfalls)));
        return new Ledger(
                Buckets.<Commitment>empty().changed(byReservation, (_, commitment) -> commitment),
                Collections.unmodifiableSortedMap(found),
                Collections.unmodifiableSortedMap(new TreeMap<>(waiting)),
                made);
    }
}
