package menara.capacity.reservation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.HoldConfirmed;
import menara.capacity.commitments.HoldExpired;
import menara.capacity.commitments.ReservationActivated;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationCutShort;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.commitments.ReservationHeld;
import menara.capacity.commitments.ReservationRejected;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.commitments.ReservationRequested;
import menara.capacity.commitments.ReservationWaitlisted;
import menara.capacity.commitments.ReservationWithdrawn;
import menara.capacity.commitments.Share;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;

/** A tenant's claim to racks for a period, on a contract, and how far it is: requested, held or waitlisted, confirmed, active, ended. */
public sealed interface Reservation {

    /** Not requested. */
    record None() implements Reservation {}

    /** Requested, nothing committed. */
    record Requested(Terms terms) implements Reservation {}

    /** On the waitlist. */
    record Waitlisted(Terms terms) implements Reservation {}

    /** Held until {@code expiresAt}, committed to no other reservation meanwhile. */
    record Held(Terms terms, ReservedRacks reserved, Instant expiresAt) implements Reservation {}

    /** Held, and not confirmed in time. */
    record Expired(Terms terms) implements Reservation {}

    /** Released, or over, before anything was handed over. */
    record Released(Terms terms) implements Reservation {}

    /** Committed. */
    record Confirmed(Terms terms, ReservedRacks reserved) implements Reservation {}

    /** Refused for good; a new one may be requested. */
    record Rejected(Terms terms, String rule, String reason, Instant rejectedAt) implements Reservation {}

    /** Handed over to the tenant. */
    record Active(Terms terms, ReservedRacks reserved, Instant activatedAt) implements Reservation {}

    /** Given back; free from {@code endedAt} on. */
    record Ended(Terms terms, ReservedRacks reserved, Instant activatedAt, Instant endedAt) implements Reservation {}

    /**
     * The request.
     *
     * @param phases the only phases the racks can come from; empty when any will do
     * @param steps steps of its life so far
     * @param changes how often it was changed since it was confirmed
     * @param taken the last steps that callers took, in their order
     * @param latest the step that led to the present state; null if no caller caused it
     */
    record Terms(
            ReservationId reservation,
            ContractId contract,
            TenantId tenant,
            Period period,
            Demand demand,
            Set<PhaseId> phases,
            Instant requestedAt,
            int steps,
            int changes,
            List<UUID> taken,
            @Nullable UUID latest) {

        /** More steps than a caller takes in the time in which a request may be repeated. */
        private static final int REMEMBERED = 1_000;

        public Terms {
            taken = List.copyOf(taken);
        }

        Terms next(ReservationEvent event) {
            return new Terms(
                    reservation,
                    contract,
                    tenant,
                    period,
                    demand,
                    phases,
                    requestedAt,
                    steps + 1,
                    changes,
                    withStep(event),
                    event.step());
        }

        private List<UUID> withStep(ReservationEvent event) {
            return Stream.concat(
                            taken.stream().skip(Math.max(0, taken.size() - REMEMBERED + 1)),
                            Stream.ofNullable(event.step()))
                    .toList();
        }

        Terms changed(ReservationReplaced event) {
            return new Terms(
                    reservation,
                    contract,
                    tenant,
                    event.period(),
                    event.demand(),
                    phases,
                    requestedAt,
                    steps + 1,
                    event.number(),
                    withStep(event),
                    event.step());
        }
    }

    /** What was committed. */
    record ReservedRacks(List<Share> shares, int gpus, Power power, Instant confirmedAt) {

        List<RackId> racks() {
            return shares.stream().flatMap(share -> share.racks().stream()).toList();
        }
    }

    default Optional<Terms> asked() {
        return switch (this) {
            case None _ -> Optional.empty();
            case Requested requested -> Optional.of(requested.terms());
            case Waitlisted waitlisted -> Optional.of(waitlisted.terms());
            case Held held -> Optional.of(held.terms());
            case Expired expired -> Optional.of(expired.terms());
            case Released released -> Optional.of(released.terms());
            case Confirmed confirmed -> Optional.of(confirmed.terms());
            case Rejected rejected -> Optional.of(rejected.terms());
            case Active active -> Optional.of(active.terms());
            case Ended ended -> Optional.of(ended.terms());
        };
    }

    /** Whether a caller took that step already. */
    default boolean took(UUID step) {
        return asked().map(terms -> terms.taken().contains(step)).orElse(false);
    }

    /** Folds what happened. Events come in the order of the life of a reservation; one that does not fit changes nothing. */
    default Reservation evolve(ReservationEvent event) {
        return switch (event) {
            case ReservationRequested e ->
                new Requested(new Terms(
                        e.reservation(),
                        e.contract(),
                        e.tenant(),
                        e.period(),
                        e.demand(),
                        Set.copyOf(e.phases()),
                        e.at(),
                        1,
                        0,
                        List.of(e.step()),
                        e.step()));
            case ReservationWaitlisted e -> this instanceof Requested(var terms) ? new Waitlisted(terms.next(e)) : this;
            case ReservationHeld e ->
                this instanceof Requested(var terms)
                        ? new Held(
                                terms.next(e),
                                new ReservedRacks(e.shares(), e.gpus(), e.power(), e.at()),
                                e.expiresAt())
                        : this;
            case HoldConfirmed e ->
                this instanceof Held held
                        ? new Confirmed(
                                held.terms().next(e), new ReservedRacks(e.shares(), e.gpus(), e.power(), e.at()))
                        : this;
            case HoldExpired e ->
                this instanceof Held held ? new Expired(held.terms().next(e)) : this;
            case ReservationConfirmed e ->
                this instanceof Requested || this instanceof Waitlisted
                        ? asked().<Reservation>map(terms -> new Confirmed(
                                        terms.next(e), new ReservedRacks(e.shares(), e.gpus(), e.power(), e.at())))
                                .orElse(this)
                        : this;
            case ReservationRejected e ->
                this instanceof Requested(var terms) ? new Rejected(terms.next(e), e.rule(), e.reason(), e.at()) : this;
            case ReservationReplaced e ->
                this instanceof Confirmed(var terms, var reserved)
                        ? new Confirmed(
                                terms.changed(e),
                                new ReservedRacks(e.shares(), e.gpus(), e.power(), reserved.confirmedAt()))
                        : this;
            case ReservationWithdrawn e ->
                asked().<Reservation>map(terms -> new Released(terms.next(e))).orElse(this);
            case ReservationActivated e ->
                this instanceof Confirmed(var terms, var reserved)
                        ? new Active(terms.next(e), reserved, e.handedOverAt())
                        : this;
            case ReservationEnded e ->
                switch (this) {
                    case Active(var terms, var reserved, var activatedAt) ->
                        new Ended(terms.next(e), reserved, activatedAt, e.endedAt());
                    // Ended ahead of time, and then earlier still.
                    case Ended ended ->
                        new Ended(ended.terms().next(e), ended.reserved(), ended.activatedAt(), e.endedAt());
                    case None _, Requested _, Waitlisted _, Held _, Expired _, Released _, Confirmed _, Rejected _ ->
                        this;
                };
            case ReservationCutShort _ -> this; // the event before says what became of it
        };
    }

    default Reservation evolve(List<? extends ReservationEvent> events) {
        var next = this;
        for (var event : events) {
            next = next.evolve(event);
        }
        return next;
    }
}
