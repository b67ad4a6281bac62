package menara.billing.projections;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import menara.billing.contracts.Contract;
import menara.billing.credits.CreditId;
import menara.billing.credits.Credits;
import menara.billing.rating.Charges;
import menara.values.Money;
import org.springframework.stereotype.Component;

/** Puts charges and credits of contracts together, as known on a date. */
@Component
class AccruedCharges {

    private final Charges charges;
    private final Credits credits;

    AccruedCharges(Charges charges, Credits credits) {
        this.charges = charges;
        this.credits = credits;
    }

    /**
     * @param contracts those that the caller may see
     * @param month calendar month in each contract's zone; the month of {@code asOf} if empty
     * @param asOf only what was known then, and only what had accrued until then
     */
    AccruedView of(List<Contract.Signed> contracts, Optional<YearMonth> month, Instant asOf) {
        var accrued = contracts.stream()
                .filter(contract -> !contract.signedAt().isAfter(asOf))
                .map(contract ->
                        of(contract, month.orElseGet(() -> YearMonth.from(asOf.atZone(contract.timeZone()))), asOf))
                .toList();
        return new AccruedView(asOf, accrued, totals(accrued));
    }

    private AccruedView.Accrued of(Contract.Signed contract, YearMonth month, Instant asOf) {
        var charged = charges.accrued(contract, month, asOf);
        var creditLines = credits
                .find(new CreditId(contract.contract(), month), asOf)
                .filter(decided -> decided.assessed().creditPercent().signum() > 0)
                .map(decided -> AccruedView.CreditLine.of(decided, charged))
                .stream()
                .toList();
        var credited = Money.sum(
                creditLines.stream().map(AccruedView.CreditLine::amount).toList(), contract.currency());
        return new AccruedView.Accrued(
                contract.contract(),
                contract.tenant(),
                month,
                charged.lines().stream().map(AccruedView.Line::of).toList(),
                creditLines,
                charged.total(),
                credited,
                charged.total().minus(credited));
    }

    private static List<Money> totals(List<AccruedView.Accrued> accrued) {
        var byCurrency = new TreeMap<String, Money>(Comparator.naturalOrder());
        accrued.forEach(one -> byCurrency.merge(one.total().currency().getCurrencyCode(), one.total(), Money::plus));
        return List.copyOf(byCurrency.values());
    }
}
