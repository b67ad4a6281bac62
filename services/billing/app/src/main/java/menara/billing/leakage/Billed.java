package menara.billing.leakage;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import menara.billing.contracts.Contract;
import menara.billing.drafting.AskedFor;
import menara.billing.drafting.Drafting;
import menara.billing.drafting.InvoiceLine;
import menara.billing.drafting.Seller;
import menara.billing.invoicing.InvoiceReadModel;
import menara.values.Money;
import menara.values.Period;
import org.springframework.stereotype.Component;

/** What has accrued for a month, what invoices have asked for it, and the difference. */
@Component
class Billed {

    /** How long after a month its usage may come without backfill. */
    private static final Duration LATEST = Duration.ofDays(35);

    private final Drafting drafting;
    private final InvoiceReadModel invoices;
    private final Seller seller;

    Billed(Drafting drafting, InvoiceReadModel invoices, Seller seller) {
        this.drafting = drafting;
        this.invoices = invoices;
        this.seller = seller;
    }

    /**
     * All without VAT; {@code accrued = asked + unasked}. A concession takes nothing off {@code asked}: a conceded amount stays asked for,
     * even where it exceeds {@code accrued}, and only there the equation does not hold.
     *
     * @param accrued charges less the service credit
     * @param asked asked for by invoices that are approved and not void, issued or not, corrections taken off
     * @param unasked what is still to be asked for; negative if too much was
     */
    public record Figures(Money accrued, Money asked, Money unasked) {}

    /**
     * A month that no invoice asks for in the right sum, and no regular draft will.
     *
     * @param invoiced whether an invoice of it stands: if so, a later draft that looks back to it asks for the rest; if not, a draft of the
     * month itself
     */
    public record LeftBehind(YearMonth month, Figures figures, boolean invoiced) {}

    /** The months of a contract that no regular draft will ask for any more, as of {@code asOf}. */
    public List<LeftBehind> leftBehind(Contract.Signed contract, List<YearMonth> months, Instant asOf) {
        var asked = InvoiceReadModel.askedFor(invoices.of(contract.contract()), asOf);
        return months.stream()
                .filter(month -> !lastLook(contract, month, asked).isAfter(asOf))
                .map(month -> new LeftBehind(month, figures(contract, month, asked, asOf), asked.stands(month)))
                .filter(month -> !month.figures().unasked().isZero())
                .toList();
    }

    private Figures figures(Contract.Signed contract, YearMonth month, AskedFor asked, Instant asOf) {
        var accrued = Money.sum(
                drafting.accrued(contract, month, asOf).stream()
                        .map(InvoiceLine::net)
                        .toList(),
                contract.currency());
        var sum = Money.sum(asked.in(month).values(), contract.currency());
        return new Figures(accrued, sum, asked.due(month, accrued).minus(sum));
    }

    /**
     * When the last invoice is due that regularly asks for the month: one of the next three months' if it was invoiced, else its own, which
     * is due when no late usage of the month can come any more.
     */
    private Instant lastLook(Contract.Signed contract, YearMonth month, AskedFor asked) {
        return asked.stands(month)
                ? end(contract, month.plusMonths(Drafting.ADJUSTED_MONTHS)).plus(seller.grace())
                : end(contract, month).plus(seller.grace().compareTo(LATEST) > 0 ? seller.grace() : LATEST);
    }

    private static Instant end(Contract.Signed contract, YearMonth month) {
        return Period.month(month, contract.timeZone()).until();
    }
}
