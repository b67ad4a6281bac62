package menara.billing.invoicing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import menara.billing.contracts.Contract;
import menara.billing.credits.CreditId;
import menara.billing.credits.Credits;
import menara.billing.fx.Rate;
import menara.billing.fx.Rates;
import menara.billing.rating.Charges;
import menara.billing.rating.MonthCharges;
import menara.values.Money;
import org.springframework.stereotype.Component;

/**
 * What an invoice of a month would say: the month's charges and credit, and for earlier months that were invoiced the difference
 * between what is known now and what was invoiced, so that late usage is neither lost nor an edit.
 */
@Component
class Drafting {

    /** Earlier months that are looked at again: usage may come 35 days late, corrections and backfill a little later. */
    static final int ADJUSTED_MONTHS = 3;

    static final String SLA_CREDIT = "sla-credit";

    private final Charges charges;
    private final Credits credits;
    private final Rates rates;

    Drafting(Charges charges, Credits credits, Rates rates) {
        this.charges = charges;
        this.credits = credits;
        this.rates = rates;
    }

    /** Finds dirham for one unit of a currency. */
    @FunctionalInterface
    interface Dirham {
        Optional<Rate> of(Currency currency);
    }

    /** The rates that count on the day of {@code asOf}. */
    Dirham dirhamOn(Instant asOf) {
        return currency -> currency.equals(InvoiceContent.DIRHAM)
                ? Optional.empty()
                : rates.find(currency, InvoiceContent.DIRHAM, LocalDate.ofInstant(asOf, ZoneOffset.UTC));
    }

    /**
     * @param invoiced the contract's invoices
     * @param asOf only what was known then, and only what had accrued until then
     */
    InvoiceContent draft(
            Contract.Signed contract, YearMonth month, List<Invoices.View> invoiced, Instant asOf, Dirham dirham) {
        return content(contract, month, charges.accrued(contract, month, asOf), invoiced, asOf, dirham);
    }

    /** The same for a month that is not over: what is known on {@code asOf}, with all that is agreed until the month's end. */
    InvoiceContent preview(
            Contract.Signed contract, YearMonth month, List<Invoices.View> invoiced, Instant asOf, Dirham dirham) {
        return content(contract, month, charges.expected(contract, month, asOf), invoiced, asOf, dirham);
    }

    private InvoiceContent content(
            Contract.Signed contract,
            YearMonth month,
            MonthCharges charged,
            List<Invoices.View> invoiced,
            Instant asOf,
            Dirham dirham) {
        var lines = new ArrayList<>(lines(contract, month, charged, asOf));
        for (var earlier = month.minusMonths(ADJUSTED_MONTHS);
                earlier.isBefore(month);
                earlier = earlier.plusMonths(1)) {
            lines.addAll(adjustments(contract, earlier, invoiced, asOf));
        }
        return InvoiceContent.of(
                contract.contract(),
                contract.tenant(),
                month,
                contract.terms().buyer(),
                lines,
                contract.currency(),
                dirham.of(contract.currency()),
                contract.terms().paymentDays());
    }

    private List<InvoiceLine> lines(Contract.Signed contract, YearMonth month, MonthCharges charged, Instant asOf) {
        var lines = new ArrayList<InvoiceLine>();
        charged.lines().forEach(line -> lines.add(InvoiceLine.of(month, line)));
        credits.find(new CreditId(contract.contract(), month), asOf)
                .filter(decided -> decided.assessed().creditPercent().signum() > 0)
                .ifPresent(decided -> {
                    var assessed = decided.assessed();
                    lines.add(InvoiceLine.plain(
                            SLA_CREDIT,
                            month,
                            "Service credit",
                            "availability %s %%: %s %% of %s"
                                    .formatted(
                                            assessed.availability().percent().toPlainString(),
                                            assessed.creditPercent().toPlainString(),
                                            charged.creditable()),
                            charged.credit(assessed.creditPercent()).negated()));
                });
        return lines;
    }

    private List<InvoiceLine> adjustments(
            Contract.Signed contract, YearMonth month, List<Invoices.View> invoiced, Instant asOf) {
        // A month whose invoices are all void or credited is invoiced anew, not adjusted.
        boolean stands =
                invoiced.stream().anyMatch(view -> view.content().month().equals(month) && !view.isDead());
        if (!stands) {
            return List.of();
        }
        var now = new LinkedHashMap<String, InvoiceLine>();
        lines(contract, month, charges.accrued(contract, month, asOf), asOf)
                .forEach(line -> now.merge(
                        line.key(),
                        line,
                        (one, other) -> InvoiceLine.plain(
                                one.key(),
                                month,
                                one.product(),
                                one.explanation(),
                                one.net().plus(other.net()))));
        var before = invoicedFor(month, invoiced, contract.currency());
        var keys = new LinkedHashSet<>(now.keySet());
        keys.addAll(before.keySet());
        var none = Money.zero(contract.currency());
        var lines = new ArrayList<InvoiceLine>();
        for (var key : keys) {
            var line = now.get(key);
            var is = line == null ? none : line.net();
            var was = before.getOrDefault(key, none);
            if (!is.equals(was)) {
                lines.add(InvoiceLine.plain(
                        key,
                        month,
                        line == null ? "Adjustment" : line.product(),
                        "adjustment of %s: %s, invoiced %s"
                                .formatted(month, line == null ? none : is + " for " + line.explanation(), was),
                        is.minus(was)));
            }
        }
        return lines;
    }

    /** What invoices and credit notes have asked for so far for a month, by line key. */
    private static Map<String, Money> invoicedFor(YearMonth month, List<Invoices.View> invoiced, Currency currency) {
        var sums = new LinkedHashMap<String, Money>();
        for (var view : invoiced) {
            if (view.state().equals("void")) {
                continue;
            }
            add(sums, month, view.content(), currency);
            view.notes().forEach(note -> add(sums, month, note.content(), currency));
        }
        return sums;
    }

    private static void add(Map<String, Money> sums, YearMonth month, InvoiceContent content, Currency currency) {
        for (var line : content.lines()) {
            if (line.month().equals(month)) {
                sums.merge(line.key(), line.net(), Money::plus);
            }
        }
        if (!content.net().currency().equals(currency)) {
            throw new IllegalStateException("an invoice of %s is in %s".formatted(content.contract(), content.net()));
        }
    }
}
