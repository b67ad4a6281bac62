package menara.billing.invoicing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import menara.billing.fx.Rate;
import menara.billing.invoicing.InvoiceCommands.ApproveInvoice;
import menara.billing.invoicing.InvoiceCommands.CreditInvoice;
import menara.billing.invoicing.InvoiceCommands.IssueInvoice;
import menara.billing.invoicing.InvoiceCommands.VoidInvoice;
import menara.platform.web.InvalidField;
import menara.platform.web.NotFound;
import menara.platform.web.RuleViolated;
import menara.values.Money;

/** When an invoice is approved, issued, voided and credited. */
final class InvoiceDecisions {

    private InvoiceDecisions() {}

    static List<InvoiceEvent> decide(ApproveInvoice command, Invoice invoice) {
        return switch (invoice) {
            case Invoice.None _ -> {
                requireTwoPeople(command.preparedBy(), command.approvedBy(), "approved");
                if (command.at().isBefore(command.graceEnds())) {
                    throw new RuleViolated(
                            "grace-not-over",
                            "late usage still joins this draft until %s".formatted(command.graceEnds()));
                }
                if (!command.content().hash().equals(command.seenHash())) {
                    throw new RuleViolated("draft-changed", "the draft has changed since it was read; read it again");
                }
                if (command.content().buyer() == null) {
                    throw new RuleViolated("no-buyer", "the contract does not say whom its invoices are addressed to");
                }
                yield List.of(new InvoiceApproved(
                        command.invoice(),
                        command.content(),
                        command.preparedBy(),
                        command.approvedBy(),
                        command.at()));
            }
            case Invoice.Approved _ -> throw new RuleViolated("already-approved", "the invoice is approved already");
            case Invoice.Issued issued ->
                throw new RuleViolated("already-issued", "the invoice was issued as " + issued.number());
            case Invoice.Voided _ -> throw new RuleViolated("invoice-void", "the invoice was voided");
        };
    }

    static List<InvoiceEvent> decide(IssueInvoice command, Invoice invoice, Numbering numbering) {
        return switch (invoice) {
            case Invoice.None _ ->
                throw new RuleViolated("not-approved", "a draft is approved by a second person first");
            case Invoice.Approved approved -> {
                requireIssuable(approved.content());
                var sequence = numbering.next();
                yield List.of(new InvoiceIssued(
                        command.invoice(),
                        command.series().toString(),
                        sequence,
                        command.series().number(sequence),
                        command.issuedOn(),
                        command.issuedOn().plusDays(approved.content().paymentDays()),
                        approved.content().total(),
                        command.issuedBy(),
                        command.at()));
            }
            case Invoice.Issued _ -> List.of(); // a retry must not take a second number
            case Invoice.Voided _ -> throw new RuleViolated("invoice-void", "the invoice was voided");
        };
    }

    private static void requireIssuable(InvoiceContent content) {
        if (content.total().isNegative()) {
            throw new RuleViolated(
                    "invoice-below-zero",
                    "the invoice comes to %s; void it and credit an earlier one instead".formatted(content.total()));
        }
        if (!content.total().currency().equals(InvoiceContent.DIRHAM) && content.madVat() == null) {
            throw new RuleViolated(
                    "no-exchange-rate",
                    "the VAT must be stated in dirham too, and no rate for %s is known"
                            .formatted(content.total().currency()));
        }
    }

    static List<InvoiceEvent> decide(VoidInvoice command, Invoice invoice) {
        return switch (invoice) {
            case Invoice.None _ -> throw new NotFound("invoice", command.invoice());
            case Invoice.Approved _ ->
                List.of(new InvoiceVoided(command.invoice(), command.reason(), command.voidedBy(), command.at()));
            case Invoice.Issued issued ->
                throw new RuleViolated(
                        "already-issued", "invoice %s has a number; credit it instead".formatted(issued.number()));
            case Invoice.Voided _ -> List.of();
        };
    }

    static List<InvoiceEvent> decide(CreditInvoice command, Invoice invoice, Numbering numbering) {
        return switch (invoice) {
            case Invoice.None _, Invoice.Voided _ -> throw new NotFound("issued invoice", command.invoice());
            case Invoice.Approved _ -> throw new RuleViolated("not-issued", "the invoice has no number yet; void it");
            case Invoice.Issued issued -> {
                requireTwoPeople(issued.preparedBy(), command.issuedBy(), "credited");
                var content = note(command, issued);
                var sequence = numbering.next();
                yield List.of(new CreditNoteIssued(
                        command.invoice(),
                        command.series().toString(),
                        sequence,
                        command.series().number(sequence),
                        command.issuedOn(),
                        content,
                        issued.creditedBy(content).isCredited(),
                        command.reason(),
                        command.issuedBy(),
                        command.at()));
            }
        };
    }

    private static InvoiceContent note(CreditInvoice command, Invoice.Issued issued) {
        var content = issued.content();
        var lines = new ArrayList<InvoiceLine>();
        for (var line : content.lines()) {
            var left = line.net().minus(issued.credited().get(line.number() - 1));
            var wanted = command.amounts().isEmpty()
                    ? Optional.of(left)
                    : Optional.ofNullable(command.amounts().get(line.number()));
            wanted.filter(amount -> !amount.isZero()).ifPresent(amount -> {
                requireWithin(line, amount, left);
                lines.add(credited(line, amount.negated()));
            });
        }
        command.amounts().keySet().stream()
                .filter(number -> number < 1 || number > content.lines().size())
                .findFirst()
                .ifPresent(number -> {
                    throw new InvalidField("lines", "the invoice has no line " + number);
                });
        if (lines.isEmpty()) {
            throw new RuleViolated("nothing-to-credit", "nothing of invoice %s is left".formatted(issued.number()));
        }
        // A note for the whole takes back the VAT that was asked for, to the cent; rounding anew could leave one
        // behind.
        boolean whole = lines.size() == content.lines().size()
                && Money.sum(
                                lines.stream().map(InvoiceLine::net).toList(),
                                content.net().currency())
                        .equals(content.net().negated());
        return whole ? content.reversed() : of(content, lines);
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

    private static InvoiceLine credited(InvoiceLine line, Money net) {
        return new InvoiceLine(
                line.number(),
                line.key(),
                line.month(),
                line.product(),
                line.explanation(),
                null,
                null,
                null,
                net,
                line.rate() == null ? null : dirham(net, line.rate()),
                line.rate(),
                line.rateSource(),
                line.rateDate());
    }

    private static Money dirham(Money money, BigDecimal rate) {
        return Money.of(money.amount().multiply(rate), InvoiceContent.DIRHAM).rounded();
    }

    private static InvoiceContent of(InvoiceContent invoice, List<InvoiceLine> lines) {
        var first = lines.getFirst();
        Optional<Rate> rate = first.rate() == null || first.rateSource() == null || first.rateDate() == null
                ? Optional.empty()
                : Optional.of(new Rate(
                        invoice.net().currency(),
                        InvoiceContent.DIRHAM,
                        first.rate(),
                        first.rateSource(),
                        first.rateDate()));
        var numbered = InvoiceContent.of(
                invoice.contract(),
                invoice.tenant(),
                invoice.month(),
                invoice.buyer(),
                lines,
                invoice.net().currency(),
                rate,
                invoice.paymentDays());
        return new InvoiceContent(
                numbered.contract(),
                numbered.tenant(),
                numbered.month(),
                numbered.buyer(),
                lines,
                numbered.net(),
                numbered.vat(),
                numbered.vatAmount(),
                numbered.total(),
                numbered.madVat(),
                numbered.madTotal(),
                numbered.paymentDays());
    }

    private static void requireTwoPeople(String first, String second, String what) {
        if (first.equals(second)) {
            throw new RuleViolated("four-eyes", "what one person prepared is %s by another".formatted(what));
        }
    }

    static Invoice evolve(Invoice invoice, InvoiceEvent event) {
        return switch (event) {
            case InvoiceApproved e -> new Invoice.Approved(e.content(), e.preparedBy());
            case InvoiceIssued e ->
                invoice instanceof Invoice.Approved approved
                        ? Invoice.Issued.of(approved, e.number(), e.issuedOn())
                        : invoice;
            case InvoiceVoided _ -> new Invoice.Voided();
            case CreditNoteIssued e ->
                invoice instanceof Invoice.Issued issued ? issued.creditedBy(e.content()) : invoice;
        };
    }
}
