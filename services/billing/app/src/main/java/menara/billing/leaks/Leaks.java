package menara.billing.leaks;

import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import menara.billing.contracts.Contract;
import menara.billing.contracts.Contracts;
import menara.billing.invoicing.Billed;
import menara.billing.metering.Allocations;
import menara.billing.metering.MeteredHours;
import menara.billing.rating.Charges;
import menara.billing.rating.RatedLine;
import menara.platform.time.DueDates;
import menara.platform.time.DueWork;
import menara.values.Period;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Looks for leaks in a month, and tells the metrics once an hour how many the present month has. */
@Component
class Leaks implements DueWork, ApplicationRunner {

    static final Duration EVERY = Duration.ofHours(1);

    private final Contracts contracts;
    private final Charges charges;
    private final MeteredHours hours;
    private final Allocations allocations;
    private final Billed billed;
    private final DueDates dueDates;
    private final Clock clock;
    private final Map<Leak.Kind, AtomicInteger> counts = new ConcurrentHashMap<>();

    Leaks(
            Contracts contracts,
            Charges charges,
            MeteredHours hours,
            Allocations allocations,
            Billed billed,
            DueDates dueDates,
            Clock clock,
            MeterRegistry metrics) {
        this.contracts = contracts;
        this.charges = charges;
        this.hours = hours;
        this.allocations = allocations;
        this.billed = billed;
        this.dueDates = dueDates;
        this.clock = clock;
        for (var kind : Leak.Kind.values()) {
            var count = new AtomicInteger();
            counts.put(kind, count);
            metrics.gauge(
                    "menara.billing.leaks",
                    List.of(io.micrometer.core.instrument.Tag.of(
                            "kind", kind.name().toLowerCase(Locale.ROOT))),
                    count);
        }
    }

    /** The leaks of {@code month} in the given contracts, as known on {@code asOf}. */
    List<Leak> of(List<Contract.Signed> signed, YearMonth month, Instant asOf) {
        var leaks = new ArrayList<Leak>();
        for (var contract : signed) {
            var lived = Period.month(month, contract.timeZone());
            if (lived.from().isBefore(asOf)) {
                look(contract.knownOn(asOf), month, lived, asOf, leaks);
            }
        }
        return leaks;
    }

    private void look(Contract.Signed contract, YearMonth month, Period lived, Instant asOf, List<Leak> leaks) {
        var metered = hours.hours(contract.contract(), month, contract.timeZone(), asOf);
        var racks = allocations.of(contract.contract(), asOf).stream()
                .filter(time ->
                        time.period().overlaps(lived) && time.period().from().isBefore(asOf))
                .toList();
        if (!racks.isEmpty()
                && metered.values().stream()
                        .allMatch(quantities -> isZero(quantities.sum(lived.from(), lived.until())))) {
            leaks.add(new Leak(
                    Leak.Kind.ALLOCATED_NOT_METERED,
                    contract.contract(),
                    month,
                    "%d racks handed over, no usage reported"
                            .formatted(racks.stream()
                                    .mapToInt(time -> time.racks())
                                    .sum())));
        }
        var term = contract.term();
        metered.forEach((series, quantities) -> {
            var outside = quantities.sum(Instant.MIN, term.from()).add(quantities.sum(term.until(), Instant.MAX));
            if (!isZero(outside)) {
                leaks.add(new Leak(
                        Leak.Kind.METERED_NOT_UNDER_CONTRACT,
                        contract.contract(),
                        month,
                        "%s used outside the term %s".formatted(series.meter().code(), term)));
            }
        });
        racks.stream()
                .filter(time -> time.period().from().isBefore(term.from())
                        || (time.period().until().isAfter(term.until())
                                && term.until().isBefore(asOf)))
                .forEach(time -> leaks.add(new Leak(
                        Leak.Kind.METERED_NOT_UNDER_CONTRACT,
                        contract.contract(),
                        month,
                        "%d racks held outside the term %s".formatted(time.racks(), term))));
        charges.accrued(contract, month, asOf).lines().stream()
                .filter(line -> line.kind() == RatedLine.Kind.NOT_PRICED)
                .forEach(line -> leaks.add(
                        new Leak(Leak.Kind.REACHED_NO_CHARGE, contract.contract(), month, line.explanation())));
        leftBehind(contract, month, asOf).forEach(leaks::add);
    }

    private Stream<Leak> leftBehind(Contract.Signed contract, YearMonth month, Instant asOf) {
        if (!billed.isLeftBehind(contract, month, asOf)) {
            return Stream.empty();
        }
        var figures = billed.of(contract, month, asOf);
        return figures.unbilled().isZero()
                ? Stream.empty()
                : Stream.of(new Leak(
                        Leak.Kind.ACCRUED_NOT_INVOICED,
                        contract.contract(),
                        month,
                        "%s accrued, %s invoiced; prepare a draft with since=%s"
                                .formatted(figures.accrued(), figures.invoiced(), month)));
    }

    private static boolean isZero(BigInteger quantity) {
        return quantity.signum() == 0;
    }

    /** The present month, and the one that fell out of what drafts look back to last. */
    private Stream<Leak> present(Contract.Signed contract, Instant now) {
        var month = YearMonth.from(now.atZone(contract.timeZone()));
        return Stream.concat(
                of(List.of(contract), month, now).stream(),
                contract.months().stream()
                        .filter(earlier -> billed.isLeftBehind(contract, earlier, now))
                        .reduce((_, last) -> last)
                        .stream()
                        .flatMap(earlier -> leftBehind(contract.knownOn(now), earlier, now)));
    }

    @Override
    public void run(ApplicationArguments arguments) {
        dueDates.schedule(kind(), "all", clock.instant().plus(EVERY));
    }

    @Override
    public String kind() {
        return "billing.leaks";
    }

    @Override
    public void run(String id, Instant dueAt) {
        var now = clock.instant();
        var found = contracts.all().stream()
                .flatMap(contract -> present(contract, now))
                .toList();
        counts.forEach((kind, count) -> count.set(
                (int) found.stream().filter(leak -> leak.kind() == kind).count()));
        dueDates.schedule(kind(), id, clock.instant().plus(EVERY));
    }
}
