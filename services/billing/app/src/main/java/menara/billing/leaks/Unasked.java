package menara.billing.leaks;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import menara.billing.contracts.Contract;
import menara.billing.credits.CreditId;
import menara.billing.credits.Credits;
import menara.billing.invoicing.InvoiceContent;
import menara.billing.invoicing.Invoices;
import menara.billing.rating.Charges;
import menara.values.Money;
import menara.values.Period;
import org.springframework.stereotype.Component;

/** What accrued for a month and no invoice has asked for, once no later invoice looks at that month by itself. */
@Component
class Unasked {

    /** After its end the last month of a contract should have been invoiced: usage may come this late. */
    static final Duration LATE = Duration.ofDays(35);

    private final Charges charges;
    private final Credits credits;
    private final Invoices invoices;

    Unasked(Charges charges, Credits credits, Invoices invoices) {
        this.charges = charges;
        this.credits = credits;
        this.invoices = invoices;
    }

    List<Leak> look(Contract.Signed contract, List<YearMonth> months, Instant asOf) {
        var standing = invoices.of(contract.contract()).stream()
                .filter(view -> !view.state().equals("void"))
                .toList();
        return months.stream()
                .filter(month -> isOver(contract, month, standing, asOf))
                .flatMap(month -> look(contract, month, standing, asOf).stream())
                .toList();
    }

    private Optional<Leak> look(Contract.Signed contract, YearMonth month, List<Invoices.View> standing, Instant asOf) {
        var accrued = accrued(contract, month, asOf);
        var asked = asked(standing, month, accrued);
        var missing = accrued.minus(asked);
        return missing.isZero()
                ? Optional.empty()
                : Optional.of(new Leak(
                        Leak.Kind.ACCRUED_NOT_INVOICED,
                        contract.contract(),
                        month,
                        "accrued %s, invoiced %s: %s %s"
                                .formatted(
                                        accrued,
                                        asked,
                                        missing.isPositive() ? missing : missing.negated(),
                                        missing.isPositive() ? "not asked for" : "to be given back")));
    }

    /** The invoice of a month looks at those before it; after the last one nothing looks by itself. */
    private static boolean isOver(
            Contract.Signed contract, YearMonth month, List<Invoices.View> standing, Instant asOf) {
        var now = YearMonth.from(asOf.atZone(contract.timeZone()));
        if (month.plusMonths(Invoices.ADJUSTED_MONTHS + 1L).isBefore(now)) {
            return true;
        }
        if (contract.term().until().isAfter(asOf)) {
            return false;
        }
        var last = contract.months().getLast();
        return standing.stream().anyMatch(view -> !view.content().month().isBefore(last))
                || !Period.month(last, contract.timeZone()).until().plus(LATE).isAfter(asOf);
    }

    private Money accrued(Contract.Signed contract, YearMonth month, Instant asOf) {
        var charged = charges.accrued(contract, month, asOf).total();
        return credits.find(new CreditId(contract.contract(), month), asOf)
                .map(decided -> decided.assessed().amount().min(charged))
                .map(charged::minus)
                .orElse(charged);
    }

    private static Money asked(List<Invoices.View> standing, YearMonth month, Money accrued) {
        var lines = standing.stream()
                .flatMap(view -> Stream.concat(
                        Stream.of(view.content()), view.notes().stream().map(Invoices.Note::content)))
                .map(InvoiceContent::lines)
                .flatMap(List::stream)
                .filter(line -> line.month().equals(month))
                .map(line -> line.net())
                .toList();
        return Money.sum(lines, accrued.currency());
    }
}
