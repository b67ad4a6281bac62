package menara.capacity.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Buckets;
import menara.capacity.commitments.CommitmentEvent;
import menara.capacity.commitments.HoldConfirmed;
import menara.capacity.commitments.HoldExpired;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.commitments.ReservationHeld;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.commitments.ReservationWaitlisted;
import menara.capacity.commitments.ReservationWithdrawn;
import menara.capacity.deratings.ReservationAtRisk;
import menara.capacity.deratings.ReservationNoLongerAtRisk;
import menara.capacity.deratings.Shortfall;
import menara.values.ContractId;
import menara.values.ReservationId;
import org.jspecify.annotations.Nullable;

/**
 * Every promise by its reservation, holds included, which of them were said to be at risk, and who waits for one. An immutable value.
 *
 * @param endangered shortfalls by reservation, as they were told last
 * @param waiting who waits, by when they came
 * @param made how many promises were ever made
 */
public record Ledger(
        Buckets<Promise> promises,
        SortedMap<String, List<Shortfall>> endangered,
        SortedMap<Long, Waiting> waiting,
        long made) {

    public static final Ledger EMPTY =
            new Ledger(Buckets.empty(), Collections.emptySortedMap(), Collections.emptySortedMap(), 0);

    /** Promises that hold at or after {@code now}, in the order in which they were made. */
    public Stream<Promise> standing(Instant now) {
        return promises.values()
                .filter(promise -> promise.until().isAfter(now))
                .sorted((one, other) -> Long.compare(one.order(), other.order()));
    }

    /** Promises on a contract that last beyond {@code contractEnds}; a hold is none yet. */
    public List<ReservationId> outlasting(ContractId contract, Instant contractEnds) {
        return promises.values()
                .filter(promise -> promise.contract().equals(contract)
                        && !promise.held()
                        && promise.until().isAfter(contractEnds))
                .map(Promise::reservation)
                .toList();
    }

    public @Nullable Promise promise(String reservation) {
        return promises.get(reservation);
    }

    public Ledger evolve(CampusEvent event) {
        return switch (event) {
            case CommitmentEvent commitment -> evolve(commitment);
            case ReservationAtRisk e -> told(e.reservation(), e.shortfalls());
            case ReservationNoLongerAtRisk e -> told(e.reservation(), List.of());
            default -> this; // the layout commits nothing
        };
    }

    private Ledger evolve(CommitmentEvent event) {
        return switch (event) {
            case ReservationConfirmed e -> made(Promise.of(e, made));
            case ReservationHeld e -> made(Promise.of(e, made));
            case HoldConfirmed e -> changed(e.reservation(), promise -> promise.confirmed(e.at()));
            // Who changes a promise keeps the place in the row: it was given before others came.
            case ReservationReplaced e -> changed(e.reservation(), promise -> promise.changed(e));
            case ReservationEnded e -> changed(e.reservation(), promise -> promise.endedAt(e.endedAt()));
            case HoldExpired e -> changed(e.reservation(), promise -> promise.endedAt(Instant.MIN));
            case ReservationWaitlisted e -> waits(e);
            case ReservationWithdrawn e ->
                new Ledger(promises, endangered, without(e.reservation()), made)
                        .changed(e.reservation(), promise -> promise.endedAt(Instant.MIN));
        };
    }

    private Ledger made(Promise promise) {
        return new Ledger(
                promises.plus(promise.reservation().toString(), promise),
                endangered,
                without(promise.reservation()),
                made + 1);
    }

    private Ledger changed(ReservationId reservation, UnaryOperator<Promise> change) {
        return new Ledger(
                promises.changed(
                        Map.of(reservation.toString(), change),
                        (promise, wanted) -> promise == null ? null : wanted.apply(promise)),
                endangered,
                waiting,
                made);
    }

    private SortedMap<Long, Waiting> without(ReservationId reservation) {
        if (waiting.values().stream().noneMatch(found -> found.reservation().equals(reservation))) {
            return waiting;
        }
        var fewer = new TreeMap<>(waiting);
        fewer.values().removeIf(found -> found.reservation().equals(reservation));
        return Collections.unmodifiableSortedMap(fewer);
    }

    private Ledger waits(ReservationWaitlisted event) {
        var more = new TreeMap<>(waiting);
        more.put(
                made,
                new Waiting(
                        event.reservation(),
                        event.contract(),
                        event.tenant(),
                        event.period(),
                        event.demand(),
                        event.power()));
        return new Ledger(promises, endangered, Collections.unmodifiableSortedMap(more), made + 1);
    }

    private Ledger told(ReservationId reservation, List<Shortfall> shortfalls) {
        var changed = new TreeMap<>(endangered);
        if (shortfalls.isEmpty()) {
            changed.remove(reservation.toString());
        } else {
            changed.put(reservation.toString(), shortfalls);
        }
        return new Ledger(promises, Collections.unmodifiableSortedMap(changed), waiting, made);
    }
}
