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
 * A ledger as its snapshot has it: the same ledger has the same bytes.
 *
 * @param promises in the order in which they were made
 * @param endangered shortfalls by reservation, as they were told last
 * @param waiting who waits, by when they came
 * @param made how many promises were ever made
 */
record LedgerForm(
        List<Promise> promises,
        SortedMap<String, List<Shortfall>> endangered,
        SortedMap<Long, Waiting> waiting,
        long made) {

    static StateForm<Boundary, Ledger> of(String revision) {
        return new PackedJson<>(
                revision, Boundary::name, SnapshotJson.MAPPER, LedgerForm.class, LedgerForm::of, LedgerForm::ledger);
    }

    private static LedgerForm of(Ledger ledger) {
        return new LedgerForm(
                ledger.promises()
                        .values()
                        .sorted(Comparator.comparingLong(Promise::order))
                        .toList(),
                ledger.endangered(),
                ledger.waiting(),
                ledger.made());
    }

    private Ledger ledger() {
        Map<String, Promise> byReservation = promises.stream()
                .collect(Collectors.toMap(promise -> promise.reservation().toString(), Function.identity()));
        var told = new TreeMap<String, List<Shortfall>>();
        endangered.forEach((reservation, shortfalls) -> told.put(reservation, List.copyOf(shortfalls)));
        return new Ledger(
                Buckets.<Promise>empty().changed(byReservation, (_, promise) -> promise),
                Collections.unmodifiableSortedMap(told),
                Collections.unmodifiableSortedMap(new TreeMap<>(waiting)),
                made);
    }
}
