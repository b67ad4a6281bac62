package menara.billing.leaks;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import menara.billing.contracts.Contract;
import menara.billing.invoicing.Billed;
import menara.billing.invoicing.Invoices;
import menara.values.Period;
import org.springframework.stereotype.Component;

/** What accrued for a month and no invoice has asked for, once no later invoice looks at that month by itself. */
@Component
class Unasked {

    /** After its end the last month of a contract should have been invoiced: usage may come this late. */
    static final Duration LATE = Duration.ofDays(35);

    private final Billed billed;
    private final Invoices invoices;

    Unasked(Billed billed, Invoices invoices) {
        this.billed = billed;
        this.invoices = invoices;
    }

    List<Leak> look(Contract.Signed contract, List<YearMonth> months, Instant asOf) {
        return months.stream()
                .filter(month -> billed.isLeftBehind(contract, month, asOf) || isInvoicedToTheEnd(contract, asOf))
                .flatMap(month -> look(contract, month, asOf).stream())
                .toList();
    }

    private Optional<Leak> look(Contract.Signed contract, YearMonth month, Instant asOf) {
        var figures = billed.of(contract, month, asOf);
        var missing = figures.unbilled();
        return missing.isZero()
                ? Optional.empty()
                : Optional.of(new Leak(
                        Leak.Kind.ACCRUED_NOT_INVOICED,
                        contract.contract(),
                        month,
                        "accrued %s, invoiced %s: %s %s; prepare a draft with since=%s"
                                .formatted(
                                        figures.accrued(),
                                        figures.invoiced(),
                                        missing.isPositive() ? missing : missing.negated(),
                                        missing.isPositive() ? "not asked for" : "to be given back",
                                        month)));
    }

    /** The invoice of a month looks at those before it; after the contract's last one nobody is sure to look. */
    private boolean isInvoicedToTheEnd(Contract.Signed contract, Instant asOf) {
        if (contract.term().until().isAfter(asOf)) {
            return false;
        }
        var last = contract.months().getLast();
        return !Period.month(last, contract.timeZone()).until().plus(LATE).isAfter(asOf)
                || invoices.of(contract.contract()).stream()
                        .anyMatch(view -> !view.state().equals("void")
                                && !view.content().month().isBefore(last));
    }
}
