package menara.capacity.reservation;

import java.util.HashSet;
import java.util.List;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Rack;
import menara.capacity.commitments.Share;
import menara.capacity.placement.CurrentRacks;
import menara.capacity.placement.DemandNames;
import menara.capacity.placement.Placement;
import menara.capacity.placement.PlacementRequest;
import menara.capacity.reservation.Reservation.Confirmed;
import menara.capacity.reservation.ReservationCommands.ChangeReservation;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.RackId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.RuleViolated;
import org.jspecify.annotations.Nullable;

/**
 * Places a changed reservation: first the racks it keeps, then those it names, then others, from its own hall if all its racks stand in
 * one. Together they still meet the original demand. Pure.
 */
final class Changes {

    private final Confirmed before;
    private final ChangeReservation change;
    private final Campus campus;

    private Changes(Confirmed before, ChangeReservation change, Campus campus) {
        this.before = before;
        this.change = change;
        this.campus = campus.without(before.reserved().shares(), before.terms().period());
    }

    /**
     * @throws InvalidField if the request is invalid
     * @throws RuleViolated if it does not fit; nothing changes then
     */
    static Placement.Placed place(Confirmed before, ChangeReservation change, Campus campus) {
        return new Changes(before, change, campus).place();
    }

    static Period period(Confirmed before, ChangeReservation change) {
        var period = before.terms().period();
        var until = change.until();
        if (until == null) {
            return period;
        }
        if (!until.isAfter(period.from()) || !until.isAfter(change.at())) {
            throw new InvalidField("until", "must be after the reservation begins and in the future, was " + until);
        }
        return new Period(period.from(), until);
    }

    private Placement.Placed place() {
        check();
        var held = before.reserved().racks();
        var stays =
                held.stream().filter(rack -> !change.giveUp().contains(rack)).toList();
        int count = change.count() == null ? held.size() : change.count();
        int others = count - change.take().size();
        if (others < 0) {
            throw new InvalidField(
                    "take", "%d racks are named, of %d".formatted(change.take().size(), count));
        }
        var current = new CurrentRacks(
                racks(stays),
                Math.min(stays.size(), others),
                racks(change.take()),
                new HashSet<>(change.giveUp()),
                onlyHall());
        var demand = before.terms().demand().of(count);
        return switch (Placement.of(new PlacementRequest(demand, period(before, change), campus, current))) {
            case Placement.Placed placed -> placed;
            case Placement.Refused(var rule, var reason) -> throw new RuleViolated(rule, reason);
        };
    }

    private void check() {
        var held = before.reserved().racks();
        for (int i = 0; i < change.giveUp().size(); i++) {
            if (!held.contains(change.giveUp().get(i))) {
                throw new InvalidField(
                        "giveUp[%d]".formatted(i),
                        "the reservation does not hold rack " + change.giveUp().get(i));
            }
        }
        DemandNames.named("take", change.take(), campus);
        for (int i = 0; i < change.take().size(); i++) {
            if (held.contains(change.take().get(i))) {
                throw new InvalidField(
                        "take[%d]".formatted(i),
                        "the reservation holds rack %s already"
                                .formatted(change.take().get(i)));
            }
        }
    }

    private List<Rack> racks(List<RackId> names) {
        return names.stream().map(name -> campus.rack(name).orElseThrow()).toList();
    }

    private @Nullable NodeId onlyHall() {
        var halls =
                before.reserved().shares().stream().map(Share::hall).distinct().toList();
        return halls.size() == 1 ? halls.getFirst() : null;
    }
}
