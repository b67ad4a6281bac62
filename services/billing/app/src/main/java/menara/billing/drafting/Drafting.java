package menara.billing.drafting;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import menara.billing.contracts.Contract;
import menara.billing.credits.CreditId;
import menara.billing.credits.CreditReadModel;
import menara.billing.fx.Rate;
import menara.billing.fx.RateReadModel;
import menara.billing.rating.Charges;
import menara.billing.rating.MonthCharges;
import menara.values.Money;
import menara.values.Period;
import org.springframework.stereotype.Component;

/**
 * What an invoice of a month would say: the month's charges and credit, and for earlier months that were invoiced the difference between
 * what they come to now and what was asked for. So late usage is not lost, and no invoice is edited. After the term there are only
 * differences.
 */
@Component
public class Drafting {

    /** Earlier months that a draft compares without being asked: usage may come 35 days late, corrections and backfill a little later. */
    public static final int ADJUSTED_MONTHS = 3;

    static final String SLA_CREDIT = "sla-credit";

    private final Charges charges;
    private final CreditReadModel credits;
    private final RateReadModel rates;
    private final Seller seller;

    Drafting(Charges charges, CreditReadModel credits, RateReadModel rates, Seller seller) {
        this.charges = charges;
        this.credits = credits;
        this.rates = rates;
        this.seller = seller;
    }

    /** Finds the price in dirham of one unit of a currency. */
    @FunctionalInterface
    public interface Dirham {
        Optional<Rate> of(Currency currency);
    }

    /** The rates that count on the seller's day of {@code asOf}. */
    public Dirham dirhamOn(Instant asOf) {
        return currency -> currency.equals(InvoiceContent.DIRHAM)
                ? Optional.empty()
                : rates.find(currency, InvoiceContent.DIRHAM, LocalDate.ofInstant(asOf, seller.timeZone()));
    }

    /** The earliest month that a draft of {@code month} looks back to by default. */
    public static YearMonth since(YearMonth month) {
        return month.minusMonths(ADJUSTED_MONTHS);
    }

    /** Whether a month has an invoice: those of the term, and as many after it as usage may still come late. */
    public static boolean hasInvoice(Contract.Signed contract, YearMonth month) {
        var months = contract.months();
        return !month.isBefore(months.getFirst())
                && !month.isAfter(months.getLast().plusMonths(ADJUSTED_MONTHS));
    }

    /**
     * @param since earliest month that is compared with its invoices
     * @param asked what the contract's invoices have asked for
     * @param asOf only what was recorded until then, and only what had accrued until then
     */
    public InvoiceContent draft(
            Contract.Signed contract, YearMonth month, YearMonth since, AskedFor asked, Instant asOf, Dirham dirham) {
        return content(contract, month, since, charges.accrued(contract, month, asOf), asked, asOf, dirham);
    }

    /** The same for a month that is not over: as of {@code asOf}, with all charges agreed until the month's end. */
    public InvoiceContent preview(
            Contract.Signed contract, YearMonth month, YearMonth since, AskedFor asked, Instant asOf, Dirham dirham) {
        return content(contract, month, since, charges.expected(contract, month, asOf), asked, asOf, dirham);
    }

    private InvoiceContent content(
            Contract.Signed contract,
            YearMonth month,
            YearMonth since,
            MonthCharges charged,
            AskedFor asked,
            Instant asOf,
            Dirham dirham) {
        boolean inTerm = Period.month(month, contract.timeZone()).overlaps(contract.term());
        var lines = Difference.draft(
                month,
                since,
                asked,
                one -> one.equals(month)
                        ? inTerm ? lines(contract, month, charged, asOf) : List.of()
                        : accrued(contract, one, asOf),
                Money.zero(contract.currency()));
        var content = InvoiceContent.of(
                contract.contract(),
                contract.tenant(),
                month,
                contract.terms().buyer(),
                lines,
                contract.currency(),
                contract.terms().paymentDays());
        return dirham.of(contract.currency()).map(content::at).orElse(content);
    }

    /** The lines of a month as of {@code asOf}: its charges until then, and its credit. */
    public List<InvoiceLine> accrued(Contract.Signed contract, YearMonth month, Instant asOf) {
        return lines(contract, month, charges.accrued(contract, month, asOf), asOf);
    }

    private List<InvoiceLine> lines(Contract.Signed contract, YearMonth month, MonthCharges charged, Instant asOf) {
        var lines = new ArrayList<InvoiceLine>();
        charged.lines().forEach(line -> lines.add(InvoiceLine.of(month, line)));
        credits.find(new CreditId(contract.contract(), month), asOf)
                .filter(decided -> decided.assessed().creditPercent().signum() > 0)
                .ifPresent(decided -> lines.add(InvoiceLine.plain(
                        SLA_CREDIT,
                        month,
                        "Service credit",
                        decided.explanation(charged.creditable()),
                        charged.credit(decided.assessed().creditPercent()).negated())));
        return lines;
    }
}
