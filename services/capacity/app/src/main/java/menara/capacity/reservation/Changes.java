package menara.capacity.reservation;

import java.util.HashSet;
import java.util.List;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Rack;
import menara.capacity.commitments.Share;
import menara.capacity.reservation.Reservation.Confirmed;
import menara.capacity.reservation.ReservationCommands.ChangeReservation;
import menara.platform.web.InvalidField;
import menara.platform.web.RuleViolated;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * Places a reservation that changes: what it keeps first, then what it takes by name, then what else it needs, from its own hall if all
 * of it stands in one. All of it together is what was asked for when it was requested. Pure.
 */
final class Changes {

    private final Confirmed before;
    private final ChangeReservation wish;
    private final Campus campus;

    private Changes(Confirmed before, ChangeReservation wish, Campus campus) {
        this.before = before;
        this.wish = wish;
        this.campus = campus.without(before.holding().shares(), before.terms().period());
    }

    /**
     * @throws InvalidField if the wish makes no sense
     * @throws RuleViolated if it does not fit; nothing changes then
     */
    static Placement.Placed place(Confirmed before, ChangeReservation wish, Campus campus) {
        return new Changes(before, wish, campus).place();
    }

    static Period period(Confirmed before, ChangeReservation wish) {
        var period = before.terms().period();
        var until = wish.until();
        if (until == null) {
            return period;
        }
        if (!until.isAfter(period.from()) || !until.isAfter(wish.at())) {
            throw new InvalidField("until", "must be after the reservation begins and in the future, was " + until);
        }
        return new Period(period.from(), until);
    }

    private Placement.Placed place() {
        check();
        var held = before.holding().racks();
        var stays = held.stream().filter(rack -> !wish.giveUp().contains(rack)).toList();
        int count = wish.count() == null ? held.size() : wish.count();
        int others = count - wish.take().size();
        if (others < 0) {
            throw new InvalidField(
                    "take", "%d racks are named, of %d".formatted(wish.take().size(), count));
        }
        var having = new Having(
                racks(stays),
                Math.min(stays.size(), others),
                racks(wish.take()),
                new HashSet<>(wish.giveUp()),
                onlyHall());
        var demand = before.terms().demand().of(count);
        return switch (Placement.of(new Wanted(demand, period(before, wish), campus, having))) {
            case Placement.Placed placed -> placed;
            case Placement.Refused(var rule, var reason) -> throw new RuleViolated(rule, reason);
        };
    }

    private void check() {
        var held = before.holding().racks();
        for (int i = 0; i < wish.giveUp().size(); i++) {
            if (!held.contains(wish.giveUp().get(i))) {
                throw new InvalidField(
                        "giveUp[%d]".formatted(i),
                        "the reservation does not hold rack " + wish.giveUp().get(i));
            }
        }
        Wishes.named("take", wish.take(), campus);
        for (int i = 0; i < wish.take().size(); i++) {
            if (held.contains(wish.take().get(i))) {
                throw new InvalidField(
                        "take[%d]".formatted(i),
                        "the reservation holds rack %s already"
                                .formatted(wish.take().get(i)));
            }
        }
    }

    private List<Rack> racks(List<RackId> names) {
        return names.stream().map(name -> campus.rack(name).orElseThrow()).toList();
    }

    private @Nullable NodeId onlyHall() {
        var halls =
                before.holding().shares().stream().map(Share::hall).distinct().toList();
        return halls.size() == 1 ? halls.getFirst() : null;
    }
}
