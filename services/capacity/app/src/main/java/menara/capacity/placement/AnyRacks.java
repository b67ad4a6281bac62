package menara.capacity.placement;

import static java.util.Comparator.reverseOrder;
import static menara.capacity.placement.PlacementRequest.LIGHTEST_FIRST;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import menara.capacity.campus.Hall;
import menara.capacity.campus.Rack;
import menara.capacity.placement.Placement.Outcome;
import menara.capacity.placement.Placement.Placed;
import menara.capacity.placement.Placement.Refused;

/**
 * Chooses racks of any hall, spread over power nodes if asked: first the kept and named racks, then by name, then the lightest, then larger
 * ones if those are too small.
 */
final class AnyRacks {

    /** Most sizes of racks that are distinguished in the search for large ones; a campus has a handful. */
    private static final int MAX_SIZES = 16;

    private final PlacementRequest request;
    private final CurrentRacks current;
    private final int count;
    private final RemainingHeadroom remaining;
    private final List<Rack> fixed;
    private final UpstreamShares shares;

    AnyRacks(PlacementRequest request) {
        this(
                request,
                Stream.concat(
                                request.current().held().stream()
                                        .limit(request.current().keep()),
                                request.current().take().stream())
                        .toList());
    }

    /** @param fixed the kept and named racks */
    AnyRacks(PlacementRequest request, List<Rack> fixed) {
        this.request = request;
        this.current = request.current();
        this.count = request.demand().count();
        this.remaining = request.remaining();
        this.fixed = List.copyOf(fixed);
        this.shares = UpstreamShares.of(request);
    }

    Outcome place() {
        var taken = request.taken(fixed);
        if (taken.isPresent()) {
            return taken.get();
        }
        var chosen = new ArrayList<Rack>();
        if (!begin(chosen)) {
            return request.shortOfPower(fixed);
        }
        if (chosen.size() == count) {
            return request.isMetBy(chosen) ? PlacementRequest.placed(chosen) : tooSmall();
        }
        var free = new ArrayList<Rack>();
        for (Hall hall : request.halls()) {
            for (Rack rack : hall.racks()) {
                if (current.mayAdd(rack) && remaining.isFree(rack)) {
                    free.add(rack);
                    if (chosen.size() < count && takes(rack, chosen)) {
                        if (chosen.size() == count && request.isMetBy(chosen)) {
                            return PlacementRequest.placed(chosen);
                        }
                    }
                }
            }
        }
        if (fixed.size() + free.size() < count) {
            return new Refused(
                    Placement.NOT_ENOUGH_RACKS,
                    "%d racks are asked for; %s has %d that are free from %s until %s"
                            .formatted(
                                    count,
                                    request.where(),
                                    fixed.size() + free.size(),
                                    request.period().from(),
                                    request.period().until()));
        }
        return fromAll(free);
    }

    private Outcome fromAll(List<Rack> free) {
        free.sort(LIGHTEST_FIRST);
        var lightest = choose(List.of(), 0, free);
        if (lightest.isEmpty() && request.demand().mustSpread()) {
            return anyChoice(free).<Outcome>map(placed -> placed).orElseGet(this::tooSmall);
        }
        if (lightest.isEmpty()) {
            return request.shortOfPower(
                    Stream.concat(fixed.stream(), free.stream().limit(count - fixed.size()))
                            .toList());
        }
        if (request.isMetBy(lightest.get())) {
            return PlacementRequest.placed(lightest.get());
        }
        return larger(free, Rack::gpus)
                .or(() -> larger(free, rack -> rack.power().watts()))
                .or(() -> anyChoice(free))
                .<Outcome>map(placed -> placed)
                .orElseGet(this::tooSmall);
    }

    /** If a size or a spread is asked for, no single order of racks finds every solution: combinations are tried within the budget. */
    private Optional<Placed> anyChoice(List<Rack> free) {
        if (!shares.couldHold(count, fixed, free)
                || !EligibleRacks.couldMeet(
                        request.demand(),
                        Stream.concat(fixed.stream(), free.stream()).toList())) {
            return Optional.empty(); // no combination of them is large enough, or spread widely enough
        }
        var chosen = new ArrayList<Rack>();
        begin(chosen);
        return tried(free.reversed(), 0, chosen) ? Optional.of(PlacementRequest.placed(chosen)) : Optional.empty();
    }

    private boolean tried(List<Rack> racks, int from, List<Rack> chosen) {
        if (chosen.size() == count) {
            return request.isMetBy(chosen);
        }
        for (int i = from;
                i <= racks.size() - (count - chosen.size()) && request.budget().take();
                i++) {
            var rack = racks.get(i);
            if (takes(rack, chosen)) {
                if (tried(racks, i + 1, chosen)) {
                    return true;
                }
                chosen.removeLast();
                remaining.giveBack(rack);
                shares.remove(rack);
            }
        }
        return false;
    }

    /** Takes as few large racks as needed, because each further one draws more power. */
    private Optional<Placed> larger(List<Rack> lightestFirst, ToLongFunction<Rack> size) {
        var sizes = lightestFirst.stream()
                .map(size::applyAsLong)
                .distinct()
                .sorted(reverseOrder())
                .limit(MAX_SIZES)
                .toList();
        for (long least : sizes) {
            var large = lightestFirst.stream()
                    .filter(rack -> size.applyAsLong(rack) >= least)
                    .toList();
            int tooFew = 0;
            int tooMany = Math.min(count - fixed.size(), large.size()) + 1;
            while (tooMany - tooFew > 1) {
                int middle = tooFew + (tooMany - tooFew) / 2;
                var chosen = choose(large, middle, lightestFirst);
                if (chosen.isEmpty()) {
                    tooMany = middle;
                } else if (request.isMetBy(chosen.get())) {
                    return Optional.of(PlacementRequest.placed(chosen.get()));
                } else {
                    tooFew = middle;
                }
            }
        }
        return Optional.empty();
    }

    /** The fixed racks, then so many of {@code first}, then of {@code others} until there are enough; empty if there are not enough. */
    private Optional<List<Rack>> choose(List<Rack> first, int ofFirst, List<Rack> others) {
        var chosen = new ArrayList<Rack>();
        begin(chosen);
        add(first, fixed.size() + ofFirst, chosen);
        if (ofFirst == 0) {
            add(others, count, chosen);
        } else {
            var there = List.copyOf(chosen);
            add(others.stream().filter(rack -> !there.contains(rack)).toList(), count, chosen);
        }
        return chosen.size() == count ? Optional.of(chosen) : Optional.empty();
    }

    private void add(List<Rack> racks, int upTo, List<Rack> chosen) {
        for (Rack rack : racks) {
            if (chosen.size() >= upTo) {
                return;
            }
            takes(rack, chosen);
        }
    }

    private boolean takes(Rack rack, List<Rack> chosen) {
        if (!shares.allows(rack) || !remaining.carries(rack)) {
            return false;
        }
        shares.add(rack);
        chosen.add(rack);
        return true;
    }

    /** Starts again with the fixed racks; whether they can all be powered. */
    private boolean begin(List<Rack> chosen) {
        remaining.clear();
        shares.clear();
        for (Rack rack : fixed) {
            if (!takes(rack, chosen)) {
                return false;
            }
        }
        return true;
    }

    private Refused tooSmall() {
        return new Refused(
                Placement.NOT_ENOUGH_RACKS,
                "%s are asked for; %s has none such that are free and can be powered from %s until %s"
                        .formatted(
                                request.racks(),
                                request.where(),
                                request.period().from(),
                                request.period().until()));
    }
}
