package menara.capacity.reservation;

import static menara.capacity.reservation.Refusals.expired;
import static menara.capacity.reservation.Refusals.hasEnded;
import static menara.capacity.reservation.Refusals.notConfirmed;
import static menara.capacity.reservation.Refusals.notFound;
import static menara.capacity.reservation.Refusals.released;
import static menara.capacity.reservation.Refusals.waits;
import static menara.capacity.reservation.ReservationFacts.confirmed;
import static menara.capacity.reservation.ReservationFacts.withdrawn;

import java.util.List;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.HoldConfirmed;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.commitments.ReservationHeld;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.commitments.ReservationRequested;
import menara.capacity.commitments.ReservationWaitlisted;
import menara.capacity.placement.DemandNames;
import menara.capacity.placement.EligibleRacks;
import menara.capacity.placement.Placement;
import menara.capacity.reservation.Reservation.Active;
import menara.capacity.reservation.Reservation.Confirmed;
import menara.capacity.reservation.Reservation.Ended;
import menara.capacity.reservation.Reservation.Expired;
import menara.capacity.reservation.Reservation.Held;
import menara.capacity.reservation.Reservation.None;
import menara.capacity.reservation.Reservation.Rejected;
import menara.capacity.reservation.Reservation.Released;
import menara.capacity.reservation.Reservation.Requested;
import menara.capacity.reservation.Reservation.Waitlisted;
import menara.capacity.reservation.ReservationCommands.ActivateReservation;
import menara.capacity.reservation.ReservationCommands.ChangeReservation;
import menara.capacity.reservation.ReservationCommands.ConfirmReservation;
import menara.capacity.reservation.ReservationCommands.EndReservation;
import menara.capacity.reservation.ReservationCommands.HoldReservation;
import menara.capacity.reservation.ReservationCommands.ReleaseReservation;
import menara.capacity.reservation.ReservationCommands.RequestReservation;
import menara.capacity.reservation.ReservationCommands.WaitlistReservation;
import menara.values.refusals.RuleViolated;

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
                        DemandNames.check(command.demand(), layout),
                        command.at()));
            case Requested _, Waitlisted _, Held _, Expired _, Released _, Confirmed _, Rejected _, Active _, Ended _ ->
                List.of(); // this service makes the ids, so the same id is the same request
        };
    }

    static List<ReservationEvent> decide(ConfirmReservation command, Reservation reservation, Campus campus) {
        if (reservation.took(command.step())) {
            return List.of(); // only the answer was lost
        }
        return switch (reservation) {
            case None _ -> throw notFound(command.reservation());
            case Requested(var terms) -> List.of(confirmed(terms, campus, command));
            case Held held -> {
                // The clock decides, even if the expired hold is not released yet.
                if (!command.at().isBefore(held.expiresAt())) {
                    throw expired(command.reservation(), "at " + held.expiresAt());
                }
                var terms = held.terms();
                var reserved = held.reserved();
                yield List.of(new HoldConfirmed(
                        terms.reservation(),
                        terms.contract(),
                        terms.tenant(),
                        terms.period(),
                        reserved.shares(),
                        reserved.gpus(),
                        reserved.power(),
                        command.step(),
                        command.at()));
            }
            case Waitlisted _ -> throw waits(command.reservation());
            case Expired _ -> throw expired(command.reservation(), "and what it held is free again");
            case Released _ -> throw released(command.reservation());
            case Confirmed _, Active _, Rejected _ -> List.of(); // a retry gets the answer of the first time
            case Ended ended -> throw hasEnded(ended);
        };
    }

    static List<ReservationEvent> decide(HoldReservation command, Reservation reservation, Campus campus) {
        if (reservation.took(command.step())) {
            return List.of(); // only the answer was lost
        }
        return switch (reservation) {
            case None _ -> throw notFound(command.reservation());
            case Requested(var terms) ->
                switch (Placement.of(terms.demand(), terms.period(), campus)) {
                    case Placement.Placed(var shares, int gpus, var power) ->
                        List.of(new ReservationHeld(
                                terms.reservation(),
                                terms.contract(),
                                terms.tenant(),
                                terms.period(),
                                terms.demand(),
                                shares,
                                gpus,
                                power,
                                command.expiresAt(),
                                command.step(),
                                command.at()));
                    // Nothing is lost: the request stands and may be tried again.
                    case Placement.Refused(var rule, var reason) -> throw new RuleViolated(rule, reason);
                };
            case Waitlisted _ -> throw waits(command.reservation());
            case Held _, Confirmed _, Active _ -> List.of(); // a retry holds nothing twice, or for longer
            case Expired _ -> throw expired(command.reservation(), "and what it held is free again");
            case Released _ -> throw released(command.reservation());
            case Rejected rejected -> throw notConfirmed(command.reservation(), "was rejected: " + rejected.reason());
            case Ended ended -> throw hasEnded(ended);
        };
    }

    static List<ReservationEvent> decide(WaitlistReservation command, Reservation reservation, Campus campus) {
        if (reservation.took(command.step())) {
            return List.of(); // only the answer was lost
        }
        return switch (reservation) {
            case None _ -> throw notFound(command.reservation());
            case Requested(var terms) ->
                List.of(new ReservationWaitlisted(
                        terms.reservation(),
                        terms.contract(),
                        terms.tenant(),
                        terms.period(),
                        terms.demand(),
                        EligibleRacks.lightestPower(terms.demand(), campus),
                        List.copyOf(terms.phases()),
                        command.step(),
                        command.at()));
            case Waitlisted _, Held _, Confirmed _, Active _ ->
                List.of(); // it is on the waitlist, or confirmed from it
            case Expired _ -> throw expired(command.reservation(), "and what it held is free again");
            case Released _ -> throw released(command.reservation());
            case Rejected rejected -> throw notConfirmed(command.reservation(), "was rejected: " + rejected.reason());
            case Ended ended -> throw hasEnded(ended);
        };
    }

    static List<ReservationEvent> decide(ReleaseReservation command, Reservation reservation) {
        if (reservation.took(command.step())) {
            return List.of(); // only the answer was lost
        }
        return switch (reservation) {
            case None _ -> throw notFound(command.reservation());
            case Requested(var terms) -> List.of(withdrawn(terms, List.of(), false, command.step(), command.at()));
            case Waitlisted(var terms) -> List.of(withdrawn(terms, List.of(), false, command.step(), command.at()));
            case Held held ->
                List.of(withdrawn(held.terms(), held.reserved().shares(), false, command.step(), command.at()));
            case Confirmed(var terms, var reserved) ->
                List.of(withdrawn(terms, reserved.shares(), true, command.step(), command.at()));
            case Released _, Expired _, Rejected _ -> List.of(); // there is nothing left to release
            case Active _ ->
                throw new RuleViolated(
                        "reservation-active",
                        "reservation %s was handed over; end it instead".formatted(command.reservation()));
            case Ended ended -> throw hasEnded(ended);
        };
    }

    static List<ReservationEvent> decide(ChangeReservation command, Reservation reservation, Campus campus) {
        if (reservation.took(command.step())) {
            return List.of(); // only the answer was lost
        }
        return switch (reservation) {
            case None _ -> throw notFound(command.reservation());
            case Confirmed confirmed -> {
                var terms = confirmed.terms();
                var reserved = confirmed.reserved();
                var period = Changes.period(confirmed, command);
                var placed = Changes.place(confirmed, command, campus);
                if (period.equals(terms.period()) && placed.shares().equals(reserved.shares())) {
                    yield List.of(); // nothing changes
                }
                yield List.of(new ReservationReplaced(
                        terms.reservation(),
                        terms.contract(),
                        terms.tenant(),
                        terms.changes() + 1,
                        new ReservationReplaced.Before(terms.period(), reserved.shares()),
                        period,
                        terms.demand().changedTo(placed.racks()),
                        placed.shares(),
                        placed.gpus(),
                        placed.power(),
                        command.step(),
                        command.at()));
            }
            case Active _ ->
                throw new RuleViolated(
                        "reservation-active",
                        "reservation %s was handed over; end it and reserve anew".formatted(command.reservation()));
            case Requested _, Waitlisted _, Held _, Expired _, Released _, Rejected _ ->
                throw notConfirmed(command.reservation(), "is not confirmed, so there is nothing to change");
            case Ended ended -> throw hasEnded(ended);
        };
    }

    static List<ReservationEvent> decide(ActivateReservation command, Reservation reservation) {
        if (reservation.took(command.step())) {
            return List.of(); // only the answer was lost
        }
        return switch (reservation) {
            case None _ -> throw notFound(command.reservation());
            case Requested _, Waitlisted _, Held _ -> throw notConfirmed(command.reservation(), "is not confirmed yet");
            case Expired _ -> throw expired(command.reservation(), "and what it held is free again");
            case Released _ -> throw released(command.reservation());
            case Rejected rejected -> throw notConfirmed(command.reservation(), "was rejected: " + rejected.reason());
            case Confirmed confirmed -> List.of(HandOver.activated(command, confirmed));
            case Active _ -> List.of(); // a retry must not hand over twice
            case Ended ended -> throw hasEnded(ended);
        };
    }

    static List<ReservationEvent> decide(EndReservation command, Reservation reservation) {
        if (reservation.took(command.step())) {
            return List.of(); // only the answer was lost
        }
        return switch (reservation) {
            case None _ -> throw notFound(command.reservation());
            case Requested _, Waitlisted _, Held _, Expired _, Released _, Confirmed _ ->
                throw new RuleViolated(
                        "reservation-not-active",
                        "reservation %s is not active, so there is nothing to end".formatted(command.reservation()));
            case Rejected rejected ->
                throw new RuleViolated(
                        "reservation-not-active",
                        "reservation %s was rejected: %s".formatted(command.reservation(), rejected.reason()));
            case Active active -> List.of(HandOver.ended(command, active));
            case Ended ended -> {
                if (!ended.endedAt().equals(command.endedAt())) {
                    throw hasEnded(ended);
                }
                yield List.of(); // a retry gives nothing back twice
            }
        };
    }
}
