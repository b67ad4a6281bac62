package menara.operations.availability;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import menara.operations.allocations.AllocationHistory.Allocation;
import menara.operations.incidents.IncidentHistory.Outage;
import menara.values.IncidentId;
import menara.values.Period;
import menara.values.RackId;

/**
 * The part of a month's rack time due to a contract in which its racks worked. Counted per rack, in whole seconds; where outages of a
 * rack overlap, a second counts once.
 *
 * @param scheduledRackSeconds rack-seconds the allocated racks were due, summed over racks
 * @param unavailableRackSeconds rack-seconds of those in which the rack was down, summed over racks
 * @param incidents the incidents that took any of them, in order of their ids
 */
record Availability(long scheduledRackSeconds, long unavailableRackSeconds, List<IncidentId> incidents) {

    private static final long SECONDS_PER_MINUTE = 60;
    private static final int MINUTE_DECIMALS = 6;
    private static final int PERCENT_DECIMALS = 6;

    static Availability of(Period month, Collection<Allocation> allocations, Collection<Outage> outages) {
        var monthSpan = Spans.union(List.of(month));
        var duePeriods = new HashMap<RackId, List<Period>>();
        for (var allocation : allocations) {
            allocation.racks().forEach(rack -> list(duePeriods, rack).add(allocation.period()));
        }
        var outagesOfRack = new HashMap<RackId, List<Outage>>();
        for (var outage : outages) {
            outage.racks().forEach(rack -> list(outagesOfRack, rack).add(outage));
        }
        long scheduled = 0;
        long unavailable = 0;
        var incidents = new TreeSet<IncidentId>(Comparator.comparing(IncidentId::value));
        for (var rack : duePeriods.entrySet()) {
            var due = Spans.union(rack.getValue()).intersection(monthSpan);
            scheduled = Math.addExact(scheduled, due.seconds());
            var touching = outagesOfRack.getOrDefault(rack.getKey(), List.of()).stream()
                    .filter(outage -> !Spans.union(List.of(outage.period()))
                            .intersection(due)
                            .isEmpty())
                    .toList();
            var down = Spans.union(touching.stream().map(Outage::period).toList());
            unavailable = Math.addExact(unavailable, down.intersection(due).seconds());
            touching.forEach(outage -> incidents.add(outage.incident()));
        }
        return new Availability(scheduled, unavailable, List.copyOf(incidents));
    }

    private static <T> List<T> list(Map<RackId, List<T>> byRack, RackId rack) {
        return byRack.computeIfAbsent(rack, _ -> new ArrayList<>());
    }

    /** Rounded up to the commenced minute, as {@code AvailabilityMeasured} publishes it. */
    long scheduledCommencedRackMinutes() {
        return Math.ceilDiv(scheduledRackSeconds, SECONDS_PER_MINUTE);
    }

    /** Rounded up to the commenced minute, as {@code AvailabilityMeasured} publishes it. */
    long unavailableCommencedRackMinutes() {
        return Math.ceilDiv(unavailableRackSeconds, SECONDS_PER_MINUTE);
    }

    /** Minutes with at most six decimals, half-even; exact where the seconds are a multiple of three. */
    BigDecimal scheduledRackMinutes() {
        return minutes(scheduledRackSeconds);
    }

    /** Minutes with at most six decimals, half-even; exact where the seconds are a multiple of three. */
    BigDecimal unavailableRackMinutes() {
        return minutes(unavailableRackSeconds);
    }

    private static BigDecimal minutes(long seconds) {
        return plain(BigDecimal.valueOf(seconds)
                .divide(BigDecimal.valueOf(SECONDS_PER_MINUTE), MINUTE_DECIMALS, RoundingMode.HALF_EVEN));
    }

    /**
     * Percent with at most six decimals, rounded down, so that a month with an outage never shows 100 and a missed target is never rounded
     * into a met one. Empty when nothing was scheduled.
     */
    Optional<BigDecimal> percent() {
        if (scheduledRackSeconds == 0) {
            return Optional.empty();
        }
        return Optional.of(plain(BigDecimal.valueOf(scheduledRackSeconds - unavailableRackSeconds)
                .movePointRight(2)
                .divide(BigDecimal.valueOf(scheduledRackSeconds), PERCENT_DECIMALS, RoundingMode.FLOOR)));
    }

    private static BigDecimal plain(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
