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

/** What has accrued for a month, what invoices have asked for it, and what is left between the two. */
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
     * All without VAT. A concession takes nothing off what was asked for: what was let off stays asked for, also where it is more than accrued;
     * otherwise {@code accrued = asked + unasked}.
     *
     * @param accrued charges less the service credit
     * @param asked asked for by invoices that are approved and not void, issued or not, corrections taken off
     * @param unasked what is still to be asked for; negative if too much was
     */
    public record Figures(Money accrued, Money asked, Money unasked) {}

    /**
     * A month that no invoice asks for in the right sum, and none will by itself.
     *
     * @param invoiced whether it has an invoice that stands: a later draft that looks back to it mends it; otherwise a draft of its own
     */
    public record LeftBehind(YearMonth month, Figures figures, boolean invoiced) {}

    /** Which of the months of a contract are left behind, as of {@code asOf}. */
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
     * When the last invoice is due that asks for the month by itself: one of the next three if it was invoiced. A month that was not has its own
     * only; nothing of it can come late any more when that is due.
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
