package menara.capacity.offers;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.Demand;
import menara.capacity.offers.Offer.Kind;
import menara.capacity.placement.EligibleRacks;
import menara.capacity.placement.Placement;
import menara.capacity.placement.SearchBudget;
import menara.values.Period;

/**
 * The nearest alternatives to a request, at the starts that {@link StartPrecision} allows. Each offer was placed on the campus as it is
 * now, so it is available until another reservation takes it. An offer names free racks, and so reveals that others are not free; with
 * starts at whole days it reveals the ends of other commitments only to within a day (ADR 81).
 */
public final class Offers {

    static final int MAX_OFFERS = 6;

    /** How far from the request a start is searched for, either way. */
    static final Duration HORIZON = Duration.ofDays(2 * 365);

    /** Most starts with enough free racks that are tried either way; whole days are fewer. */
    private static final int MAX_STARTS = 1_000;

    /** The weight of other racks than the requested ones, relative to a shift by the length of the period. */
    private static final double ELSEWHERE = 0.05;

    private static final Duration DAY = Duration.ofDays(1);

    private final Campus campus;
    private final Period wanted;
    private final int count;
    private final Instant earliest;
    private final StartPrecision precision;
    private final SearchBudget budget;

    private Offers(
            Campus campus, Period wanted, int count, StartPrecision precision, Instant earliest, SearchBudget budget) {
        this.budget = budget;
        this.campus = campus;
        this.wanted = wanted;
        this.count = count;
        this.earliest = earliest;
        this.precision = precision;
    }

    /**
     * @param earliest first instant at which an offer may begin
     * @return the request itself if it fits, otherwise at most {@value #MAX_OFFERS} alternatives, nearest first; empty if there are none
     */
    public static List<Offer> nearest(Demand demand, Period wanted, Campus campus, Instant earliest) {
        return nearest(demand, wanted, campus, StartPrecision.EXACT, earliest);
    }

    static List<Offer> nearest(
            Demand demand, Period wanted, Campus campus, StartPrecision precision, Instant earliest) {
        return nearest(demand, wanted, campus, precision, earliest, new SearchBudget());
    }

    /** @param budget for all placements tried */
    static List<Offer> nearest(
            Demand demand,
            Period wanted,
            Campus campus,
            StartPrecision precision,
            Instant earliest,
            SearchBudget budget) {
        return new Offers(campus, wanted, demand.count(), precision, earliest, budget).nearest(demand);
    }

    private List<Offer> nearest(Demand demand) {
        var asAsked = offer(Kind.AS_ASKED, demand, wanted, false);
        if (asAsked.isPresent()) {
            return List.of(asAsked.get());
        }
        var found = new ArrayList<Offer>();
        shifted(demand, false).forEach(found::add);
        fewer(demand, !demand.names().isEmpty()).ifPresent(found::add);
        if (demand.hall() != null || demand.phase() != null || !demand.names().isEmpty()) {
            var inAnyHall = demand.inAnyHall();
            var elsewhere = offer(Kind.ELSEWHERE, inAnyHall, wanted, true);
            if (elsewhere.isPresent()) {
                found.add(elsewhere.get()); // all of it fits there in time: no fewer racks or other times are offered
            } else {
                shifted(inAnyHall, true).forEach(found::add);
                fewer(inAnyHall, true).ifPresent(found::add);
            }
        }
        var seen = new HashSet<List<Object>>();
        return found.stream()
                .sorted(comparingDouble(Offer::distance)
                        .thenComparing(Offer::kind)
                        .thenComparing(comparing(offer -> offer.period().from())))
                .filter(offer -> seen.add(List.of(offer.period(), offer.racks())))
                .limit(MAX_OFFERS)
                .toList();
    }

    private Stream<Offer> shifted(Demand demand, boolean elsewhere) {
        var length = Duration.between(wanted.from(), wanted.until());
        var racks = EligibleRacks.racks(demand, campus).toList();
        if (!EligibleRacks.couldMeet(demand, racks)) {
            return Stream.empty(); // at no time
        }
        var starts = PossibleStarts.of(racks, length);
        var later = Arrays.stream(PossibleStarts.freeings(
                        campus, wanted.from(), wanted.from().plus(HORIZON)))
                .map(at -> precision.later(at, wanted.from()));
        var ends = PossibleStarts.takings(campus, wanted.until().minus(HORIZON), wanted.until());
        var before = IntStream.range(0, ends.length)
                .mapToLong(i -> precision.earlier(ends[ends.length - 1 - i] - length.toMillis(), wanted.from()));
        return Stream.of(
                        first(Kind.LATER, later, starts, length, demand, elsewhere),
                        first(Kind.EARLIER, before, starts, length, demand, elsewhere))
                .flatMap(Optional::stream);
    }

    /** The first of {@code candidates}, ordered nearest first, at which the demand fits. */
    private Optional<Offer> first(
            Kind kind,
            LongStream candidates,
            PossibleStarts starts,
            Duration length,
            Demand demand,
            boolean elsewhere) {
        var last = new AtomicLong(wanted.from().toEpochMilli());
        return candidates
                .filter(start -> last.getAndSet(start) != start) // they come in order, so this leaves out repetitions
                .filter(start -> start >= earliest.toEpochMilli() && starts.free(start) >= demand.count())
                .limit(MAX_STARTS)
                .mapToObj(Instant::ofEpochMilli)
                .map(start -> offer(kind, demand, new Period(start, start.plus(length)), elsewhere))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The largest number of racks that fits at the requested time: if a number fits, each smaller one fits too. */
    private Optional<Offer> fewer(Demand demand, boolean elsewhere) {
        Optional<Offer> best = Optional.empty();
        int fits = 0;
        int tooMany = count;
        while (tooMany - fits > 1) {
            int middle = fits + (tooMany - fits) / 2;
            var offer = offer(Kind.FEWER, demand.of(middle), wanted, elsewhere);
            if (offer.isPresent()) {
                best = offer;
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        return best;
    }

    private Optional<Offer> offer(Kind kind, Demand demand, Period period, boolean elsewhere) {
        return switch (Placement.of(demand, period, campus, budget)) {
            case Placement.Placed placed ->
                Optional.of(new Offer(
                        kind,
                        period,
                        placed.shares(),
                        placed.gpus(),
                        placed.power(),
                        explanation(kind, demand.count(), period, elsewhere),
                        distance(demand.count(), period, elsewhere)));
            case Placement.Refused _ -> Optional.empty();
        };
    }

    private double distance(int racks, Period period, boolean elsewhere) {
        var shift = Duration.between(wanted.from(), period.from()).abs();
        var length = Duration.between(wanted.from(), wanted.until());
        return (double) shift.toMillis() / length.toMillis()
                + (double) (count - racks) / count
                + (elsewhere ? ELSEWHERE : 0);
    }

    private String explanation(Kind kind, int racks, Period period, boolean elsewhere) {
        var what = switch (kind) {
            case AS_ASKED -> "fits as asked";
            case ELSEWHERE -> "at the time asked for";
            case EARLIER, LATER -> "begins " + shift(period);
            case FEWER -> "%d of %d racks".formatted(racks, count);
        };
        return elsewhere ? what + ", in any hall" : what;
    }

    private String shift(Period period) {
        var shift = Duration.between(wanted.from(), period.from());
        var size = shift.abs();
        var shown = size.compareTo(DAY) < 0
                ? "%d h %d min".formatted(size.toHours(), size.toMinutesPart())
                : "%d days %d h".formatted(size.toDays(), size.toHoursPart());
        return shown + (shift.isNegative() ? " earlier" : " later");
    }
}
