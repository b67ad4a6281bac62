package menara.billing.invoicing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceLine;
import menara.values.Money;
import menara.values.refusals.InvalidField;
import menara.values.refusals.RuleViolated;
import org.jspecify.annotations.Nullable;

/**
 * What a credit note says. VAT and dirham are allotted cumulatively: a note takes back the total credited so far including this note, less
 * what was credited before. So notes that take back a whole invoice give back each of its figures to the cent.
 */
final class CreditNotes {

    private CreditNotes() {}

    /** @param amounts net amount to take back by line number; empty for all that is left */
    static InvoiceContent of(Map<Integer, Money> amounts, Invoice.Issued issued) {
        var invoice = issued.content();
        requireLines(amounts, invoice);
        if (issued.isCredited()) {
            throw nothingLeft(issued);
        }
        var lines = new ArrayList<InvoiceLine>();
        for (var line : invoice.lines()) {
            var before = issued.creditedOf(line);
            var left = line.net().minus(before);
            var wanted = amounts.isEmpty() ? Optional.of(left) : Optional.ofNullable(amounts.get(line.number()));
            wanted.filter(amount -> !amount.isZero()).ifPresent(amount -> {
                requireWithin(line, amount, left);
                lines.add(credited(line, amount, before));
            });
        }
        if (lines.isEmpty()) {
            throw nothingLeft(issued);
        }
        var net = Money.sum(
                lines.stream().map(InvoiceLine::net).toList(), invoice.net().currency());
        requireWithin(issued, net.negated());
        if (!amounts.isEmpty() && issued.creditedNet().minus(net).equals(invoice.net())) {
            // The last note also takes back the lines that only offset each other: in dirham each is rounded on its
            // own.
            return of(Map.of(), issued);
        }
        return content(invoice, lines, net, issued.creditedNet());
    }

    private static RuleViolated nothingLeft(Invoice.Issued issued) {
        return new RuleViolated("nothing-to-credit", "nothing of invoice %s is left".formatted(issued.number()));
    }

    /** An invoice may have negative lines: then its positive lines add up to more than it asked for. */
    private static void requireWithin(Invoice.Issued issued, Money amount) {
        var left = issued.content().net().minus(issued.creditedNet());
        if (amount.isNegative() || amount.compareTo(left) > 0) {
            throw new RuleViolated(
                    "credit-beyond-the-invoice",
                    "of invoice %s %s is left without VAT; %s cannot be credited"
                            .formatted(issued.number(), left, amount));
        }
    }

    private static void requireLines(Map<Integer, Money> amounts, InvoiceContent invoice) {
        amounts.forEach((number, amount) -> {
            if (number < 1 || number > invoice.lines().size()) {
                throw new InvalidField("lines", "the invoice has no line " + number);
            }
            if (!amount.currency().equals(invoice.net().currency())) {
                throw new InvalidField(
                        "lines",
                        "the invoice is in %s, line %d was to be credited in %s"
                                .formatted(invoice.net().currency(), number, amount.currency()));
            }
        });
    }

    private static void requireWithin(InvoiceLine line, Money amount, Money left) {
        boolean within = line.net().isNegative()
                ? amount.compareTo(left) >= 0 && !amount.isPositive()
                : amount.compareTo(left) <= 0 && !amount.isNegative();
        if (!within || !amount.equals(amount.rounded())) {
            throw new RuleViolated(
                    "credit-beyond-the-line",
                    "of line %d %s is left; %s cannot be credited".formatted(line.number(), left, amount));
        }
    }

    private static InvoiceLine credited(InvoiceLine line, Money amount, Money before) {
        return new InvoiceLine(
                line.number(),
                line.key(),
                line.month(),
                line.product(),
                line.explanation(),
                null,
                null,
                null,
                amount.negated(),
                takenBack(before, before.plus(amount), line.rate()),
                line.rate(),
                line.rateSource(),
                line.rateDate());
    }

    private static InvoiceContent content(InvoiceContent invoice, List<InvoiceLine> lines, Money net, Money before) {
        var vatBefore = invoice.vat().on(before);
        var vatAfter = invoice.vat().on(before.minus(net));
        var rate = invoice.lines().getFirst().rate();
        var madVat = takenBack(vatBefore, vatAfter, rate);
        var vat = vatBefore.minus(vatAfter);
        return new InvoiceContent(
                invoice.contract(),
                invoice.tenant(),
                invoice.month(),
                invoice.buyer(),
                lines,
                net,
                invoice.vat(),
                vat,
                net.plus(vat),
                madVat,
                madVat == null ? null : InvoiceContent.madNet(lines).plus(madVat),
                invoice.paymentDays());
    }

    /** In dirham, negative: what is credited including the note less what was credited before it, each rounded on its own. */
    private static @Nullable Money takenBack(Money before, Money after, @Nullable BigDecimal rate) {
        return rate == null ? null : InvoiceContent.dirham(before, rate).minus(InvoiceContent.dirham(after, rate));
    }
}
