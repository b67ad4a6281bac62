package menara.capacity.reservation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import menara.capacity.campus.Campus;
import menara.capacity.events.Demand;
import menara.capacity.events.Share;
import menara.capacity.reservation.Reservation.Confirmed;
import menara.platform.web.InvalidField;
import menara.platform.web.RuleViolated;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * Places a reservation that changes: what it keeps first, then what it takes by name, then what else it needs, from its own hall if all
 * of it stands in one. Pure.
 */
final class Changes {

    private final Confirmed before;
    private final ChangeReservation wish;
    private final Period period;
    private Campus campus;

    private Changes(Confirmed before, ChangeReservation wish, Campus campus) {
        this.before = before;
        this.wish = wish;
        this.period = period(before, wish);
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
        var held = before.holding().racks();
        for (int i = 0; i < wish.giveUp().size(); i++) {
            if (!held.contains(wish.giveUp().get(i))) {
                throw new InvalidField(
                        "giveUp[%d]".formatted(i),
                        "the reservation does not hold rack " + wish.giveUp().get(i));
            }
        }
        var count = wish.count() == null ? held.size() : wish.count();
        var kept = held.stream()
                .filter(rack -> !wish.giveUp().contains(rack))
                .limit(Math.max(0, count - wish.take().size()))
                .toList();
        int more = count - kept.size() - wish.take().size();
        if (more < 0) {
            throw new InvalidField(
                    "take", "%d racks are named, of %d".formatted(wish.take().size(), count));
        }
        var parts = new ArrayList<Placement.Placed>();
        named(kept).ifPresent(parts::add);
        Wishes.named("take", wish.take(), campus);
        named(wish.take()).ifPresent(parts::add);
        if (more > 0) {
            parts.add(placed(new Demand(more, onlyHall(), List.of())));
        }
        return joined(parts);
    }

    private Optional<Placement.Placed> named(List<RackId> racks) {
        return racks.isEmpty() ? Optional.empty() : Optional.of(placed(new Demand(racks.size(), null, racks)));
    }

    private Placement.Placed placed(Demand demand) {
        return switch (Placement.of(demand, period, campus)) {
            case Placement.Placed placed -> {
                campus = campus.with(placed.shares(), period);
                yield placed;
            }
            case Placement.Refused(var rule, var reason) -> throw new RuleViolated(rule, reason);
        };
    }

    private @Nullable NodeId onlyHall() {
        var halls =
                before.holding().shares().stream().map(Share::hall).distinct().toList();
        return halls.size() == 1 ? halls.getFirst() : null;
    }

    private static Placement.Placed joined(List<Placement.Placed> parts) {
        Map<String, Share> byHall = new TreeMap<>();
        for (var part : parts) {
            for (var share : part.shares()) {
                byHall.merge(share.hall().value(), share, Changes::joined);
            }
        }
        return new Placement.Placed(
                List.copyOf(byHall.values()),
                parts.stream().mapToInt(Placement.Placed::gpus).sum(),
                parts.stream().map(Placement.Placed::power).reduce(Power.ZERO, Power::plus));
    }

    private static Share joined(Share one, Share other) {
        return new Share(
                one.hall(),
                one.phase(),
                Stream.concat(one.racks().stream(), other.racks().stream())
                        .sorted(Comparator.comparing(RackId::value))
                        .toList(),
                one.power().plus(other.power()));
    }
}
