package menara.capacity.reservation;

import java.time.Instant;
import java.util.List;
import menara.capacity.campus.Campus;
import menara.capacity.events.RacksHandedOver;
import menara.capacity.events.RacksReturned;
import menara.capacity.events.ReservationEvent;
import menara.capacity.events.ReservationRefused;
import menara.capacity.events.ReservationRequested;
import menara.capacity.events.ReservationSealed;
import menara.capacity.reservation.Reservation.Active;
import menara.capacity.reservation.Reservation.Confirmed;
import menara.capacity.reservation.Reservation.Ended;
import menara.capacity.reservation.Reservation.None;
import menara.capacity.reservation.Reservation.Rejected;
import menara.capacity.reservation.Reservation.Requested;
import menara.capacity.reservation.Reservation.Terms;
import menara.platform.web.NotFound;
import menara.platform.web.RuleViolated;
import menara.values.ReservationId;

/** The rules of a reservation's life. Pure: what is decided follows from the command and the states alone. */
final class ReservationDecisions {

    private ReservationDecisions() {}

    static List<ReservationEvent> decide(RequestReservation command, Reservation reservation, Campus layout) {
        return switch (reservation) {
            case None _ ->
                List.of(new ReservationRequested(
                        command.reservation(),
                        command.contract(),
                        command.tenant(),
                        command.period(),
                        command.demand(),
                        Wishes.check(command.demand(), layout),
                        command.at()));
            case Requested _, Confirmed _, Rejected _, Active _, Ended _ ->
                List.of(); // ids are made by us: the same id is the same request
        };
    }

    static List<ReservationEvent> decide(ConfirmReservation command, Reservation reservation, Campus campus) {
        return switch (reservation) {
            case None _ -> throw notFound(command.reservation());
            case Requested(var terms) -> List.of(seal(terms, campus, command.at()));
            case Confirmed _, Active _, Rejected _ -> List.of(); // a retry gets the answer of the first time
            case Ended ended -> throw hasEnded(ended);
        };
    }

    static List<ReservationEvent> decide(ActivateReservation command, Reservation reservation) {
        return switch (reservation) {
            case None _ -> throw notFound(command.reservation());
            case Requested _ -> throw notConfirmed(command.reservation(), "is requested; confirm it first");
            case Rejected rejected -> throw notConfirmed(command.reservation(), "was rejected: " + rejected.reason());
            case Confirmed(var terms, var holding) -> {
                // Until its period begins the racks may be another tenant's.
                if (command.at().isBefore(terms.period().from())) {
                    throw new RuleViolated(
                            "reservation-not-due",
                            "reservation %s begins at %s; it cannot be activated before"
                                    .formatted(
                                            command.reservation(),
                                            terms.period().from()));
                }
                yield List.of(new RacksHandedOver(
                        terms.reservation(),
                        terms.contract(),
                        terms.tenant(),
                        holding.racks(),
                        holding.gpus(),
                        terms.period(),
                        command.at()));
            }
            case Active _ -> List.of(); // a retry must not hand over twice
            case Ended ended -> throw hasEnded(ended);
        };
    }

    static List<ReservationEvent> decide(EndReservation command, Reservation reservation) {
        return switch (reservation) {
            case None _ -> throw notFound(command.reservation());
            case Requested _, Confirmed _ ->
                throw new RuleViolated(
                        "reservation-not-active",
                        "reservation %s is not active, so there is nothing to end".formatted(command.reservation()));
            case Rejected rejected ->
                throw new RuleViolated(
                        "reservation-not-active",
                        "reservation %s was rejected: %s".formatted(command.reservation(), rejected.reason()));
            case Active active -> {
                var terms = active.terms();
                var period = terms.period();
                if (!command.endedAt().isAfter(period.from())
                        || command.endedAt().isAfter(period.until())) {
                    throw new RuleViolated(
                            "end-outside-period",
                            "reservation %s can end after %s and no later than %s"
                                    .formatted(command.reservation(), period.from(), period.until()));
                }
                yield List.of(new RacksReturned(
                        terms.reservation(),
                        terms.contract(),
                        terms.tenant(),
                        period,
                        active.holding().shares(),
                        command.endedAt(),
                        command.at()));
            }
            case Ended ended -> {
                if (!ended.endedAt().equals(command.endedAt())) {
                    throw hasEnded(ended);
                }
                yield List.of(); // a retry gives nothing back twice
            }
        };
    }

    private static ReservationEvent seal(Terms terms, Campus campus, Instant at) {
        return switch (Placement.of(terms.demand(), terms.period(), campus)) {
            case Placement.Placed(var shares, int gpus, var power) ->
                new ReservationSealed(
                        terms.reservation(), terms.contract(), terms.tenant(), terms.period(), shares, gpus, power, at);
            case Placement.Refused(var rule, var reason) ->
                new ReservationRefused(terms.reservation(), terms.contract(), terms.tenant(), rule, reason, at);
        };
    }

    private static NotFound notFound(ReservationId reservation) {
        return new NotFound("reservation", reservation);
    }

    private static RuleViolated notConfirmed(ReservationId reservation, String why) {
        return new RuleViolated("reservation-not-confirmed", "reservation %s %s".formatted(reservation, why));
    }

    private static RuleViolated hasEnded(Ended ended) {
        return new RuleViolated(
                "reservation-ended",
                "reservation %s ended at %s".formatted(ended.terms().reservation(), ended.endedAt()));
    }
}
