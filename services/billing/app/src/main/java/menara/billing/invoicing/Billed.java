package menara.billing.invoicing;

import java.time.Instant;
import java.time.YearMonth;
import menara.billing.contracts.Contract;
import menara.values.Money;
import menara.values.Period;
import org.springframework.stereotype.Component;

/** What has accrued for a month, what invoices have asked for it, and what is left between the two. */
@Component
public class Billed {

    private final Drafting drafting;
    private final Invoices invoices;
    private final Issuer issuer;

    Billed(Drafting drafting, Invoices invoices, Issuer issuer) {
        this.drafting = drafting;
        this.invoices = invoices;
        this.issuer = issuer;
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

    /** Of one month of a contract, as known on {@code asOf}. */
    public Figures of(Contract.Signed contract, YearMonth month, Instant asOf) {
        var accrued = Money.sum(
                drafting.accrued(contract, month, asOf).stream()
                        .map(InvoiceLine::net)
                        .toList(),
                contract.currency());
        var invoiced = AskedFor.of(invoices.of(contract.contract()), asOf);
        var asked = Money.sum(invoiced.in(month).values(), contract.currency());
        return new Figures(accrued, asked, invoiced.due(month, accrued).minus(asked));
    }

    /**
     * Whether no draft looks back to the month by itself any more: what is unasked then reaches an invoice only if somebody prepares one
     * that does.
     */
    public boolean isLeftBehind(Contract.Signed contract, YearMonth month, Instant asOf) {
        var last = month.plusMonths(Drafting.ADJUSTED_MONTHS);
        return !Period.month(last, contract.timeZone())
                .until()
                .plus(issuer.grace())
                .isAfter(asOf);
    }
}
