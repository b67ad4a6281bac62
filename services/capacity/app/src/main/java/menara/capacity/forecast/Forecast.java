package menara.capacity.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import menara.capacity.campus.Campus;
import menara.capacity.deratings.DeratingCause;
import menara.capacity.forecast.UsablePower.Stranded;
import menara.capacity.ledger.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * The campus day by day (UTC): power that is there, committed, probably committed, and unusable. A day shows the least power that can be
 * committed and the most that is committed at any instant of it. Pure.
 */
public final class Forecast {

    /** Three years. */
    public static final int MAX_DAYS = 1_098;

    private final Campus campus;
    private final Ledger ledger;
    private final Instant asOf;
    private final Weights weights;

    private Forecast(Campus campus, Ledger ledger, Instant asOf, Weights weights) {
        this.campus = campus;
        this.ledger = ledger;
        this.asOf = asOf;
        this.weights = weights;
    }

    /**
     * The probabilities that holds and waiting requests become commitments, 0 to 1.
     *
     * @param hold of a hold
     * @param waitlist of a request on the waitlist
     */
    public record Weights(double hold, double waitlist) {}

    /**
     * @param days by date
     * @param exhaustion when the campus is full if commitments grow as in the last 90 days
     */
    public record Result(List<Day> days, Exhaustion exhaustion) {}

    /**
     * One day, in watts.
     *
     * @param planned name plates of the phases that are planned to be there
     * @param released power released by then
     * @param usable the part that racks can draw; the rest is stranded
     * @param committed highest committed power at any instant of the day
     * @param held held and not confirmed
     * @param waitlisted power of requests on the waitlist
     * @param probable committed, plus held and waitlisted by their weights
     * @param stranded released power that cannot be committed, by cause
     */
    public record Day(
            LocalDate date,
            long planned,
            long released,
            long usable,
            long committed,
            long held,
            long waitlisted,
            long probable,
            Stranded stranded) {}

    /**
     * Growth is the power newly committed for the future per day over the last 90 days; its range is that of the three 30-day spans in
     * them. The campus is full on the first day of the forecast on which committed power plus growth reaches the power that is there or
     * planned by then.
     *
     * @param wattsADay growth
     * @param expected at that growth; null if not within the forecast
     * @param earliest at the growth of the strongest span
     * @param latest at the growth of the weakest span
     */
    public record Exhaustion(
            long wattsADay,
            @Nullable LocalDate expected,
            @Nullable LocalDate earliest,
            @Nullable LocalDate latest) {}

    /**
     * @param asOf later commitments do not count for the growth
     * @param days at most {@value #MAX_DAYS}
     * @param weights probabilities of holds and waiting requests
     */
    public static Result of(Campus campus, Ledger ledger, Instant asOf, LocalDate from, int days, Weights weights) {
        return new Forecast(campus, ledger, asOf, weights).days(from, days);
    }

    private Result days(LocalDate from, int count) {
        var first = start(from);
        var last = start(from.plusDays(count));
        var committed = new Curve();
        var held = new Curve();
        ledger.commitments().values().forEach(commitment -> {
            if (commitment.until().isAfter(first) && commitment.period().from().isBefore(last)) {
                (commitment.held() ? held : committed)
                        .add(
                                commitment.period().from(),
                                commitment.until(),
                                commitment.power().watts());
            }
        });
        var waiting = new Curve();
        ledger.waiting()
                .values()
                .forEach(entry -> waiting.add(
                        entry.period().from(),
                        entry.period().until(),
                        entry.power().watts()));
        var borders = new Instant[count + 1];
        Arrays.setAll(borders, day -> start(from.plusDays(day)));
        var committedPeaks = committed.peaks(borders);
        var heldPeaks = held.peaks(borders);
        var waitingPeaks = waiting.peaks(borders);
        var there = there(first, last);
        var days = new ArrayList<Day>(count);
        for (int i = 0; i < count; i++) {
            var date = from.plusDays(i);
            var stranded = least(there, start(date), start(date.plusDays(1)));
            days.add(new Day(
                    date,
                    planned(date),
                    stranded.released(),
                    stranded.usable(),
                    committedPeaks[i],
                    heldPeaks[i],
                    waitingPeaks[i],
                    committedPeaks[i]
                            + Math.round(weights.hold() * heldPeaks[i] + weights.waitlist() * waitingPeaks[i]),
                    stranded.causes()));
        }
        return new Result(days, exhaustion(days));
    }

    private static Instant start(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private long planned(LocalDate date) {
        return campus.phases().values().stream()
                .filter(phase -> !phase.plannedFrom().isAfter(date))
                .mapToLong(phase -> phase.planned().watts())
                .sum();
    }

    /** The power that is there from an instant on, until the next one. */
    private record There(long released, Stranded causes) {

        long usable() {
            return causes.usable();
        }
    }

    /** The instants at which power comes, is lost, or comes back. */
    private NavigableMap<Instant, There> there(Instant first, Instant last) {
        var changes = new TreeSet<Instant>();
        changes.add(first);
        campus.phases()
                .values()
                .forEach(phase -> phase.releases().forEach(release -> changes.add(release.effectiveAt())));
        campus.deratings().values().forEach(derating -> {
            changes.add(derating.from());
            changes.add(derating.until());
        });
        var usable = new UsablePower(campus);
        var there = new TreeMap<Instant, There>();
        for (var at : changes.subSet(first, last)) {
            there.put(at, there(usable, at));
        }
        return there;
    }

    private There there(UsablePower usable, Instant at) {
        Map<String, Long> released = new HashMap<>();
        campus.phases()
                .forEach((name, phase) -> released.put(
                        name,
                        phase.releases().stream()
                                .filter(release -> !release.effectiveAt().isAfter(at))
                                .mapToLong(release -> release.power().watts())
                                .sum()));
        Map<String, Long> lost = new HashMap<>();
        Map<String, Long> heldBack = new HashMap<>();
        campus.deratings().values().stream()
                .filter(derating -> derating.holdsAt(at))
                .forEach(derating -> (derating.cause() == DeratingCause.RESERVE ? heldBack : lost)
                        .merge(derating.node().value(), derating.lost().watts(), Long::sum));
        return new There(
                released.values().stream().mapToLong(Long::longValue).sum(), usable.at(released, lost, heldBack));
    }

    /** Of the states within a day, the one with the least power to commit. */
    private static There least(NavigableMap<Instant, There> there, Instant begin, Instant end) {
        var least = there.floorEntry(begin).getValue();
        for (var within : there.subMap(begin, false, end, false).values()) {
            if (within.usable() < least.usable()) {
                least = within;
            }
        }
        return least;
    }

    private Exhaustion exhaustion(List<Day> days) {
        var grown = grown();
        long recent = grown[0];
        long before = grown[1];
        long longAgo = grown[2];
        long most = Math.max(recent, Math.max(before, longAgo));
        long least = Math.min(recent, Math.min(before, longAgo));
        long growth = recent + before + longAgo;
        return new Exhaustion(growth / 90, full(days, growth, 90), full(days, most, 30), full(days, least, 30));
    }

    /** Watts committed in each of the last three 30-day spans, newest first, of commitments that hold now or later. */
    private long[] grown() {
        var grown = new long[3];
        ledger.commitments().values().forEach(commitment -> {
            long days = Duration.between(commitment.at(), asOf).toDays();
            if (!commitment.held()
                    && commitment.until().isAfter(asOf)
                    && !commitment.at().isAfter(asOf)
                    && days < 90) {
                grown[(int) (days / 30)] += commitment.power().watts();
            }
        });
        return grown;
    }

    private @Nullable LocalDate full(List<Day> days, long watts, long perDays) {
        var known = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
        for (var day : days) {
            long grown = watts * Math.max(0, day.date().toEpochDay() - known.toEpochDay()) / perDays;
            long comes = Math.max(day.usable(), day.planned() - (day.released() - day.usable()));
            if (comes > 0 && day.committed() + grown >= comes) {
                return day.date();
            }
        }
        return null;
    }
}
