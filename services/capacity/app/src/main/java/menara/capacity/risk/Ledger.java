package menara.capacity.risk;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import menara.capacity.campus.Buckets;
import menara.capacity.events.CampusEvent;
import menara.capacity.events.RacksReturned;
import menara.capacity.events.ReservationEndangered;
import menara.capacity.events.ReservationSealed;
import menara.capacity.events.ReservationSecured;
import menara.capacity.events.Shortfall;
import menara.values.Period;
import org.jspecify.annotations.Nullable;

/**
 * Every promise by its reservation, and which of them were said to be at risk. An immutable value.
 *
 * @param endangered shortfalls by reservation, as they were told last
 * @param made how many promises were ever made
 */
record Ledger(Buckets<Promise> promises, SortedMap<String, List<Shortfall>> endangered, long made) {

    static final Ledger EMPTY = new Ledger(Buckets.empty(), Collections.emptySortedMap(), 0);

    /** Promises that hold at or after {@code now}, in the order in which they were made. */
    Stream<Promise> standing(Instant now) {
        return promises.values()
                .filter(promise -> promise.period().until().isAfter(now))
                .sorted((one, other) -> Long.compare(one.order(), other.order()));
    }

    @Nullable
    Promise promise(String reservation) {
        return promises.get(reservation);
    }

    Ledger evolve(CampusEvent event) {
        return switch (event) {
            case ReservationSealed e ->
                new Ledger(
                        promises.plus(
                                e.reservation().toString(),
                                new Promise(e.reservation(), e.contract(), e.tenant(), e.period(), e.shares(), made)),
                        endangered,
                        made + 1);
            case RacksReturned e ->
                new Ledger(
                        promises.changed(Map.of(e.reservation().toString(), e.endedAt()), Ledger::endedAt),
                        endangered,
                        made);
            case ReservationEndangered e -> told(e.reservation().toString(), e.shortfalls());
            case ReservationSecured e -> told(e.reservation().toString(), List.of());
            default -> this;
        };
    }

    private static @Nullable Promise endedAt(@Nullable Promise promise, Instant at) {
        return promise == null || !at.isAfter(promise.period().from())
                ? null
                : promise.until(new Period(promise.period().from(), at));
    }

    private Ledger told(String reservation, List<Shortfall> shortfalls) {
        var changed = new TreeMap<>(endangered);
        if (shortfalls.isEmpty()) {
            changed.remove(reservation);
        } else {
            changed.put(reservation, shortfalls);
        }
        return new Ledger(promises, Collections.unmodifiableSortedMap(changed), made);
    }
}
