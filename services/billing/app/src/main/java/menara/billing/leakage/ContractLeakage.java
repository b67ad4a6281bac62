package menara.billing.leakage;

import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import menara.billing.contracts.Contract;
import menara.billing.metering.hours.HourlyQuantities;
import menara.billing.metering.hours.MeteredHours;
import menara.billing.meters.Series;
import menara.billing.racks.AllocationReadModel;
import menara.billing.racks.RackTime;
import menara.billing.rating.Charges;
import menara.billing.rating.RatedLine;
import menara.values.Period;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds leaks of signed contracts: racks and usage that are not charged. */
@Component
class ContractLeakage {

    private static final Logger LOG = LoggerFactory.getLogger(ContractLeakage.class);

    private final Charges charges;
    private final MeteredHours hours;
    private final AllocationReadModel allocations;
    private final UnbilledMonths unasked;

    ContractLeakage(Charges charges, MeteredHours hours, AllocationReadModel allocations, UnbilledMonths unasked) {
        this.charges = charges;
        this.hours = hours;
        this.allocations = allocations;
        this.unasked = unasked;
    }

    /** The leaks of {@code month} as of {@code asOf}; a contract that cannot be computed is a leak itself, and hides no other. */
    List<Leakage> of(Contract.Signed signed, YearMonth month, Instant asOf) {
        var lived = Period.month(month, signed.timeZone());
        if (!lived.from().isBefore(asOf)) {
            return List.of();
        }
        try {
            return look(signed.asOf(asOf), month, lived, asOf);
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
            LOG.error("the leaks of contract {} in {} cannot be computed", signed.contract(), month, e);
            return List.of(new Leakage(
                    Leakage.Kind.CANNOT_BE_RATED, signed.contract(), month, String.valueOf(e.getMessage())));
        }
    }

    /** Only the leaks of months that are over: charges that no invoice has asked for. */
    List<Leakage> unasked(Contract.Signed signed, List<YearMonth> months, Instant asOf) {
        try {
            return unasked.look(signed.asOf(asOf), months, asOf);
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
            LOG.error("the unbilled months of contract {} cannot be computed", signed.contract(), e);
            return List.of(new Leakage(
                    Leakage.Kind.CANNOT_BE_RATED, signed.contract(), months.getLast(), String.valueOf(e.getMessage())));
        }
    }

    private List<Leakage> look(Contract.Signed contract, YearMonth month, Period lived, Instant asOf) {
        var leaks = new ArrayList<Leakage>();
        var metered = hours.hours(contract.contract(), month, contract.timeZone(), asOf);
        var racks = allocations.of(contract.contract(), asOf).stream()
                .filter(time ->
                        time.period().overlaps(lived) && time.period().from().isBefore(asOf))
                .toList();
        notMetered(contract, month, lived, metered, racks, leaks);
        outsideTerm(contract, month, asOf, metered, racks, leaks);
        charges.accrued(contract, month, asOf).lines().stream()
                .filter(line -> line.kind() == RatedLine.Kind.NOT_PRICED)
                .forEach(line -> leaks.add(
                        new Leakage(Leakage.Kind.REACHED_NO_CHARGE, contract.contract(), month, line.explanation())));
        leaks.addAll(unasked.look(contract, List.of(month), asOf));
        return leaks;
    }

    private static void notMetered(
            Contract.Signed contract,
            YearMonth month,
            Period lived,
            SortedMap<Series, HourlyQuantities> metered,
            List<RackTime> racks,
            List<Leakage> leaks) {
        if (!racks.isEmpty()
                && metered.values().stream()
                        .allMatch(quantities -> isZero(quantities.sum(lived.from(), lived.until())))) {
            leaks.add(new Leakage(
                    Leakage.Kind.ALLOCATED_NOT_METERED,
                    contract.contract(),
                    month,
                    "%d racks handed over, no usage reported"
                            .formatted(racks.stream().mapToInt(RackTime::racks).sum())));
        }
    }

    private static void outsideTerm(
            Contract.Signed contract,
            YearMonth month,
            Instant asOf,
            SortedMap<Series, HourlyQuantities> metered,
            List<RackTime> racks,
            List<Leakage> leaks) {
        var term = contract.term();
        metered.forEach((series, quantities) -> {
            var outside = quantities.sum(Instant.MIN, term.from()).add(quantities.sum(term.until(), Instant.MAX));
            if (!isZero(outside)) {
                leaks.add(new Leakage(
                        Leakage.Kind.METERED_NOT_UNDER_CONTRACT,
                        contract.contract(),
                        month,
                        "%s used outside the term %s".formatted(series.meter().code(), term)));
            }
        });
        var lived = Period.month(month, contract.timeZone());
        var known = new Period(lived.from(), asOf.isBefore(lived.until()) ? asOf : lived.until());
        racks.stream()
                .filter(time -> time.period()
                        .intersection(known)
                        .filter(held -> held.from().isBefore(term.from())
                                || held.until().isAfter(term.until()))
                        .isPresent())
                .forEach(time -> leaks.add(new Leakage(
                        Leakage.Kind.METERED_NOT_UNDER_CONTRACT,
                        contract.contract(),
                        month,
                        "%d racks held outside the term %s".formatted(time.racks(), term))));
    }

    private static boolean isZero(BigInteger quantity) {
        return quantity.signum() == 0;
    }
}
