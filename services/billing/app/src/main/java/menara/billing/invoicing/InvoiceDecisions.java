package menara.billing.invoicing;

import java.time.YearMonth;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import menara.billing.drafting.AskedFor;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.NoteKind;
import menara.billing.invoicing.InvoiceCommands.ApproveInvoice;
import menara.billing.invoicing.InvoiceCommands.CreditInvoice;
import menara.billing.invoicing.InvoiceCommands.IssueInvoice;
import menara.billing.invoicing.InvoiceCommands.VoidInvoice;
import menara.values.Money;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;

/** When an invoice is approved, issued, voided and credited. */
final class InvoiceDecisions {

    private InvoiceDecisions() {}

    static List<InvoiceEvent> decide(ApproveInvoice command, Invoice invoice, AskedFor asked) {
        return switch (invoice) {
            case Invoice.None _ -> {
                requireTwoPeople(command.preparedBy(), command.approvedBy(), "approved");
                if (command.at().isBefore(command.graceEnds())) {
                    throw new RuleViolated(
                            "grace-not-over",
                            "late usage still joins this draft until %s".formatted(command.graceEnds()));
                }
                if (!command.content().hash().equals(command.seenHash())) {
                    throw new RuleViolated("draft-changed", "the draft has changed since you read it; read it again");
                }
                requireSameBasis(command, asked);
                requireIssuable(command.content());
                yield List.of(new InvoiceApproved(
                        command.invoice(),
                        command.contract(),
                        command.content(),
                        command.preparedBy(),
                        command.approvedBy(),
                        command.at()));
            }
            // The answer to the first approval may have been lost: the same person approving the same content repeats
            // it.
            case Invoice.Approved approved -> {
                if (isRepetition(command, approved.approvedBy(), approved.content())) {
                    yield List.of();
                }
                throw new RuleViolated("already-approved", "the invoice is approved already");
            }
            case Invoice.Issued issued -> {
                if (isRepetition(command, issued.approvedBy(), issued.content())) {
                    yield List.of();
                }
                throw new RuleViolated("already-issued", "the invoice was issued as " + issued.number());
            }
            case Invoice.Voided _ -> throw new RuleViolated("invoice-void", "the invoice was voided");
        };
    }

    private static boolean isRepetition(ApproveInvoice command, String approvedBy, InvoiceContent content) {
        return command.approvedBy().equals(approvedBy) && command.seenHash().equals(content.hash());
    }

    /**
     * Another invoice or credit note may have been decided first and include the same late usage; then this draft would ask for it twice.
     */
    private static void requireSameBasis(ApproveInvoice command, AskedFor asked) {
        var month = command.content().month();
        if (asked.stands(month)) {
            throw new RuleViolated("month-is-invoiced", "the month %s has an invoice that stands".formatted(month));
        }
        if (!asked.basis(command.since(), month).equals(command.basis())) {
            throw new RuleViolated(
                    "draft-changed",
                    "another invoice or credit note of the contract was decided meanwhile; prepare the draft again and"
                            + " read it");
        }
    }

    /** Refuses at approval what could not be issued later, so that two people do not agree in vain. */
    private static void requireIssuable(InvoiceContent content) {
        if (content.lines().isEmpty()) {
            throw new RuleViolated(
                    "nothing-to-invoice",
                    "nothing is left to ask for %s; there is no invoice to approve".formatted(content.month()));
        }
        if (content.total().isNegative()) {
            throw new RuleViolated(
                    "invoice-below-zero",
                    "without VAT the invoice comes to %s (%s); give that back with a credit note of kind correction to an invoice that asked for it: POST /api/billing/invoices/{invoice}/credit-notes"
                            .formatted(content.net(), byMonth(content)));
        }
        if (content.buyer() == null) {
            throw new RuleViolated(
                    "no-buyer",
                    "the contract names no buyer; amend it with one: POST /api/billing/contracts/%s/amendments"
                            .formatted(content.contract()));
        }
        if (!content.isInDirham() && content.madVat() == null) {
            throw noRate(content);
        }
    }

    /** {@code 2026-04 -42.00 MAD, 2026-05 10.00 MAD} */
    private static String byMonth(InvoiceContent content) {
        return sumsByMonth(content).entrySet().stream()
                .map(month -> month.getKey() + " " + month.getValue())
                .collect(Collectors.joining(", "));
    }

    private static SortedMap<YearMonth, Money> sumsByMonth(InvoiceContent content) {
        var sums = new TreeMap<YearMonth, Money>();
        content.lines().forEach(line -> sums.merge(line.month(), line.net(), Money::plus));
        return sums;
    }

    private static RuleViolated noRate(InvoiceContent content) {
        var currency = content.total().currency();
        return new RuleViolated(
                "no-exchange-rate",
                "the VAT must be stated in dirham too, and there is no rate of %s for today or the days before; enter one with POST /api/billing/exchange-rates {\"base\":\"%s\",\"quote\":\"MAD\",\"value\":…,\"date\":…} and let another person approve it"
                        .formatted(currency, currency));
    }

    static List<InvoiceEvent> decide(IssueInvoice command, Invoice invoice, Numbering numbering) {
        return switch (invoice) {
            case Invoice.None _ ->
                throw new RuleViolated("not-approved", "a second person must approve the draft first");
            case Invoice.Approved approved -> {
                var content = approved.content();
                if (!content.isInDirham() && command.rate() == null) {
                    throw noRate(content);
                }
                var sequence = numbering.next();
                yield List.of(new InvoiceIssued(
                        command.invoice(),
                        command.series().toString(),
                        sequence,
                        command.series().number(sequence),
                        command.issuedOn(),
                        command.issuedOn().plusDays(content.paymentDays()),
                        content.total(),
                        content.isInDirham() ? null : command.rate(),
                        command.issuedBy(),
                        command.at()));
            }
            case Invoice.Issued _ -> List.of(); // a retry must not take a second number
            case Invoice.Voided _ -> throw new RuleViolated("invoice-void", "the invoice was voided");
        };
    }

    static List<InvoiceEvent> decide(VoidInvoice command, Invoice invoice) {
        return switch (invoice) {
            case Invoice.None _ -> throw new NotFound("invoice", command.invoice());
            case Invoice.Approved approved ->
                List.of(new InvoiceVoided(
                        command.invoice(),
                        approved.content().contract(),
                        command.reason(),
                        command.voidedBy(),
                        command.at()));
            case Invoice.Issued issued ->
                throw new RuleViolated(
                        "already-issued", "invoice %s has a number; credit it instead".formatted(issued.number()));
            case Invoice.Voided _ -> List.of();
        };
    }

    static List<InvoiceEvent> decide(CreditInvoice command, Invoice invoice, AskedFor asked, Numbering numbering) {
        return switch (invoice) {
            case Invoice.None _, Invoice.Voided _ -> throw new NotFound("issued invoice", command.invoice());
            case Invoice.Approved _ -> throw new RuleViolated("not-issued", "the invoice has no number yet; void it");
            case Invoice.Issued issued
            when issued.notes().contains(command.note()) ->
                List.of(); // a repetition after a lost answer: money goes back once
            case Invoice.Issued issued -> {
                requireTwoPeople(issued.preparedBy(), command.issuedBy(), "credited");
                var content = CreditNotes.of(command.amounts(), issued);
                requireBearable(command.kind(), content, asked);
                var sequence = numbering.next();
                yield List.of(new CreditNoteIssued(
                        command.invoice(),
                        content.contract(),
                        command.note(),
                        command.series().toString(),
                        sequence,
                        command.series().number(sequence),
                        command.issuedOn(),
                        content,
                        issued.creditedBy(command.note(), content).isCredited(),
                        command.kind(),
                        command.reason(),
                        command.issuedBy(),
                        command.at()));
            }
        };
    }

    /**
     * A later invoice may have taken back a part of the month already. Conceding more than is left would pay the customer, and not every
     * month gets another draft that could ask for it again. A correction has no such limit: after it the month is decided anew.
     */
    private static void requireBearable(NoteKind kind, InvoiceContent note, AskedFor asked) {
        if (kind == NoteKind.CORRECTION) {
            return;
        }
        sumsByMonth(note).forEach((month, sum) -> {
            var letOff = sum.negated();
            var left = asked.bearable(month, letOff.minus(letOff));
            if (letOff.isPositive() && letOff.compareTo(left) > 0) {
                throw new RuleViolated(
                        "concession-beyond-the-month",
                        "of %s all invoices and credit notes together still ask for %s without VAT; %s cannot be conceded"
                                .formatted(month, left, letOff));
            }
        });
    }

    private static void requireTwoPeople(String first, String second, String what) {
        if (first.equals(second)) {
            throw new RuleViolated("four-eyes", "what one person prepared is %s by another".formatted(what));
        }
    }

    static Invoice evolve(Invoice invoice, InvoiceEvent event) {
        return switch (event) {
            case InvoiceApproved e -> new Invoice.Approved(e.content(), e.preparedBy(), e.approvedBy());
            case InvoiceIssued e ->
                invoice instanceof Invoice.Approved approved ? Invoice.Issued.of(approved, e) : invoice;
            case InvoiceVoided _ -> new Invoice.Voided();
            case CreditNoteIssued e ->
                invoice instanceof Invoice.Issued issued ? issued.creditedBy(e.note(), e.content()) : invoice;
        };
    }

    static AskedFor evolveAskedFor(AskedFor asked, InvoiceEvent event) {
        return switch (event) {
            case InvoiceApproved e -> asked.approved(e.invoice(), e.content());
            case InvoiceVoided e -> asked.without(e.invoice());
            case CreditNoteIssued e -> asked.noted(e.invoice(), e.content(), e.kind(), e.whole());
            case InvoiceIssued _ -> asked; // it was asked for since its approval
        };
    }
}
