package menara.operations.availability;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import menara.operations.allocations.AllocationHistory;
import menara.operations.allocations.AllocationHistory.Handover;
import menara.operations.allocations.ContractTerms;
import menara.operations.incidents.IncidentHistory;
import menara.operations.incidents.IncidentHistory.Recorded;
import menara.values.IncidentId;
import menara.values.Period;

/**
 * All facts that a contract's availability follows from.
 *
 * @param terms the contract
 * @param allocations all its allocations
 * @param incidents all incidents that ever touched a rack of them
 */
record ContractFacts(ContractTerms terms, List<AllocationHistory> allocations, List<IncidentHistory> incidents) {

    /** Availability of a month as of {@code instant}. */
    Availability availability(YearMonth month, Instant instant) {
        return Availability.of(
                period(month),
                allocations.stream()
                        .flatMap(allocation -> allocation.asOf(instant).stream())
                        .toList(),
                incidents.stream()
                        .flatMap(incident -> incident.outageAsOf(instant).stream())
                        .toList());
    }

    Period period(YearMonth month) {
        return Period.month(month, terms.timeZone());
    }

    /** Incidents that were open at {@code instant}, began before the end of the month and hit a rack that was due in it. */
    List<IncidentId> openIncidents(YearMonth month, Instant instant) {
        var monthPeriod = period(month);
        var due = allocations.stream()
                .flatMap(allocation -> allocation.asOf(instant).stream())
                .filter(allocation -> allocation.period().overlaps(monthPeriod))
                .toList();
        return incidents.stream()
                .filter(incident -> incident.openAsOf(instant))
                .filter(incident -> incident.startedAt().isBefore(monthPeriod.until()))
                .filter(incident -> due.stream()
                        .anyMatch(allocation -> incident.startedAt()
                                        .isBefore(allocation.period().until())
                                && !Collections.disjoint(allocation.racks(), Set.copyOf(incident.racks()))))
                .map(IncidentHistory::incident)
                .toList();
    }

    /**
     * The months in which any version of an outage overlaps any version of an allocation: they were measured before, or must be now.
     */
    SortedSet<YearMonth> monthsTouched() {
        var handovers = allocations.stream()
                .flatMap(allocation -> allocation.handovers().stream())
                .toList();
        var months = new TreeSet<YearMonth>();
        incidents.stream()
                .flatMap(incident -> incident.outages().stream())
                .flatMap(recorded -> handovers.stream().flatMap(handover -> met(recorded, handover)))
                .flatMap(this::months)
                .forEach(months::add);
        return months;
    }

    private static Stream<Period> met(Recorded recorded, Handover handover) {
        return !Collections.disjoint(
                        handover.racks(), Set.copyOf(recorded.outage().racks()))
                ? recorded.outage().period().intersection(handover.period()).stream()
                : Stream.empty();
    }

    private Stream<YearMonth> months(Period period) {
        var first = YearMonth.from(period.from().atZone(terms.timeZone()));
        var last = YearMonth.from(period.until().minusNanos(1).atZone(terms.timeZone()));
        return Stream.iterate(first, month -> !month.isAfter(last), month -> month.plusMonths(1));
    }

    /**
     * The number of these facts. Facts are only added, and every addition is followed by a measurement of all facts; so of two measurements
     * the one with more facts is newer, whichever arrives first.
     */
    long knowledge() {
        return knownAt().count();
    }

    /** When the last of these facts was recorded. */
    Instant newest() {
        return knownAt().max(Instant::compareTo).orElseThrow();
    }

    private Stream<Instant> knownAt() {
        return Stream.of(
                        Stream.of(terms.signedAt()),
                        allocations.stream()
                                .flatMap(allocation -> allocation.handovers().stream())
                                .map(Handover::at),
                        allocations.stream()
                                .flatMap(allocation -> allocation.ends().stream())
                                .map(AllocationHistory.End::at),
                        incidents.stream()
                                .flatMap(incident -> incident.outages().stream())
                                .map(Recorded::at))
                .flatMap(instants -> instants);
    }
}
