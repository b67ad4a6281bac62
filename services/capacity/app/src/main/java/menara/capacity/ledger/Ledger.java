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
 * Every commitment by its reservation, holds included, the recorded risks, and the waitlist. An immutable value.
 *
 * @param atRisk shortfalls by reservation, as they were recorded last
 * @param waiting waitlist entries, in the order in which they were made
 * @param made how many commitments were ever made
 */
public record Ledger(
        Buckets<Commitment> commitments,
        SortedMap<String, List<Shortfall>> atRisk,
        SortedMap<Long, WaitlistEntry> waiting,
        long made) {

    public static final Ledger EMPTY =
            new Ledger(Buckets.empty(), Collections.emptySortedMap(), Collections.emptySortedMap(), 0);

    /** Commitments that hold at or after {@code now}, in the order in which they were made. */
    public Stream<Commitment> standing(Instant now) {
        return commitments
                .values()
                .filter(commitment -> commitment.until().isAfter(now))
                .sorted((one, other) -> Long.compare(one.order(), other.order()));
    }

    /** Commitments on a contract that last beyond {@code contractEnds}, without holds. */
    public List<ReservationId> outlasting(ContractId contract, Instant contractEnds) {
        return commitments
                .values()
                .filter(commitment -> commitment.contract().equals(contract)
                        && !commitment.held()
                        && commitment.until().isAfter(contractEnds))
                .map(Commitment::reservation)
                .toList();
    }

    public @Nullable Commitment commitment(String reservation) {
        return commitments.get(reservation);
    }

    public Ledger evolve(CampusEvent event) {
        return switch (event) {
            case CommitmentEvent commitment -> evolve(commitment);
            case ReservationAtRisk e -> assessed(e.reservation(), e.shortfalls());
            case ReservationNoLongerAtRisk e -> assessed(e.reservation(), List.of());
            default -> this; // the layout commits nothing
        };
    }

    private Ledger evolve(CommitmentEvent event) {
        return switch (event) {
            case ReservationConfirmed e -> made(Commitment.of(e, made));
            case ReservationHeld e -> made(Commitment.of(e, made));
            case HoldConfirmed e -> changed(e.reservation(), commitment -> commitment.confirmed(e.at()));
            // A commitment that changes keeps its place in the order.
            case ReservationReplaced e -> changed(e.reservation(), commitment -> commitment.changed(e));
            case ReservationEnded e -> changed(e.reservation(), commitment -> commitment.endedAt(e.endedAt()));
            case HoldExpired e -> changed(e.reservation(), commitment -> commitment.endedAt(Instant.MIN));
            case ReservationWaitlisted e -> waits(e);
            case ReservationWithdrawn e ->
                new Ledger(commitments, atRisk, without(e.reservation()), made)
                        .changed(e.reservation(), commitment -> commitment.endedAt(Instant.MIN));
        };
    }

    private Ledger made(Commitment commitment) {
        return new Ledger(
                commitments.plus(commitment.reservation().toString(), commitment),
                atRisk,
                without(commitment.reservation()),
                made + 1);
    }

    private Ledger changed(ReservationId reservation, UnaryOperator<Commitment> change) {
        return new Ledger(
                commitments.changed(
                        Map.of(reservation.toString(), change),
                        (commitment, wanted) -> commitment == null ? null : wanted.apply(commitment)),
                atRisk,
                waiting,
                made);
    }

    private SortedMap<Long, WaitlistEntry> without(ReservationId reservation) {
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
                new WaitlistEntry(
                        event.reservation(),
                        event.contract(),
                        event.tenant(),
                        event.period(),
                        event.demand(),
                        event.power()));
        return new Ledger(commitments, atRisk, Collections.unmodifiableSortedMap(more), made + 1);
    }

    private Ledger assessed(ReservationId reservation, List<Shortfall> shortfalls) {
        var changed = new TreeMap<>(atRisk);
        if (shortfalls.isEmpty()) {
            changed.remove(reservation.toString());
        } else {
            changed.put(reservation.toString(), shortfalls);
        }
        return new Ledger(commitments, Collections.unmodifiableSortedMap(changed), waiting, made);
    }
}
