package menara.billing.projections;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import menara.billing.contracts.Contract;
import menara.billing.credits.CreditId;
import menara.billing.credits.CreditReadModel;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceLine;
import menara.billing.invoicing.ApprovedInvoice;
import menara.billing.invoicing.InvoiceReadModel;
import menara.billing.rating.Charges;
import menara.values.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What contracts were charged so far for a month, the credits that stand, and how much of it invoices asked for: now, or as known at an
 * instant.
 */
@Component
class AccruedCharges {

    private static final Logger LOG = LoggerFactory.getLogger(AccruedCharges.class);

    private final Charges charges;
    private final CreditReadModel credits;
    private final InvoiceReadModel invoices;

    AccruedCharges(Charges charges, CreditReadModel credits, InvoiceReadModel invoices) {
        this.charges = charges;
        this.credits = credits;
        this.invoices = invoices;
    }

    /**
     * @param contracts those that the caller may see
     * @param month calendar month in each contract's zone; the month of {@code asOf} if empty
     * @param asOf only what was recorded until then, and only what had accrued until then
     */
    AccruedView of(List<Contract.Signed> contracts, Optional<YearMonth> month, Instant asOf) {
        var signed = contracts.stream()
                .filter(contract -> !contract.signedAt().isAfter(asOf))
                .toList();
        var invoiced =
                invoices.of(signed.stream().map(Contract.Signed::contract).toList());
        var accrued = new ArrayList<AccruedView.Accrued>();
        var notRated = new ArrayList<AccruedView.NotRated>();
        for (var contract : signed) {
            var asked = month.orElseGet(() -> YearMonth.from(asOf.atZone(contract.timeZone())));
            try {
                accrued.add(of(contract, asked, invoiced.getOrDefault(contract.contract(), List.of()), asOf));
            } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
                LOG.error("contract {} cannot be rated in {}", contract.contract(), asked, e);
                notRated.add(AccruedView.NotRated.of(contract, asked));
            }
        }
        return new AccruedView(asOf, accrued, totals(accrued), notRated);
    }

    private AccruedView.Accrued of(
            Contract.Signed contract, YearMonth month, List<ApprovedInvoice> invoiced, Instant asOf) {
        var charged = charges.accrued(contract, month, asOf);
        var creditLines = credits
                .find(new CreditId(contract.contract(), month), asOf)
                .filter(decided -> decided.assessed().creditPercent().signum() > 0)
                .map(decided -> AccruedView.CreditLine.of(decided, charged))
                .stream()
                .toList();
        var documents = documents(invoiced, month, asOf);
        var credited = sum(contract, creditLines.stream().map(AccruedView.CreditLine::amount));
        var earned = charged.total().minus(credited);
        // If a month turns out smaller than its concession, the whole month is conceded and no more.
        var conceded = sum(
                        contract,
                        documents.stream()
                                .filter(document -> document.kind() == AccruedView.DocumentKind.CONCESSION)
                                .map(AccruedView.Document::net))
                .negated()
                .min(earned);
        var accrued = earned.minus(conceded);
        var invoicedNet = sum(contract, documents.stream().map(AccruedView.Document::net));
        return new AccruedView.Accrued(
                contract.contract(),
                contract.tenant(),
                month,
                charged.lines().stream().map(AccruedView.Line::of).toList(),
                creditLines,
                documents,
                charged.total(),
                credited,
                conceded,
                accrued,
                invoicedNet,
                accrued.minus(invoicedNet));
    }

    /** The lines of this month on all issued invoices and credit notes: late usage is on a later month's invoice. */
    private static List<AccruedView.Document> documents(List<ApprovedInvoice> invoiced, YearMonth month, Instant asOf) {
        var documents = new ArrayList<AccruedView.Document>();
        for (var invoice : invoiced) {
            invoice.issued().filter(issued -> !issued.issuedAt().isAfter(asOf)).ifPresent(issued -> {
                add(documents, issued.number(), AccruedView.DocumentKind.INVOICE, invoice.content(), month);
                for (var note : issued.notes()) {
                    if (!note.at().isAfter(asOf)) {
                        add(documents, note.number(), AccruedView.DocumentKind.of(note.kind()), note.content(), month);
                    }
                }
            });
        }
        return documents;
    }

    private static void add(
            List<AccruedView.Document> documents,
            String number,
            AccruedView.DocumentKind kind,
            InvoiceContent content,
            YearMonth month) {
        content.lines().stream()
                .filter(line -> line.month().equals(month))
                .map(InvoiceLine::net)
                .reduce(Money::plus)
                .ifPresent(net -> documents.add(new AccruedView.Document(number, kind, net)));
    }

    private static Money sum(Contract.Signed contract, Stream<Money> amounts) {
        return Money.sum(amounts.toList(), contract.currency());
    }

    private static List<AccruedView.Totals> totals(List<AccruedView.Accrued> accrued) {
        var byCurrency = new TreeMap<String, AccruedView.Totals>();
        for (var one : accrued) {
            byCurrency.merge(
                    one.accrued().currency().getCurrencyCode(),
                    new AccruedView.Totals(one.accrued(), one.invoiced(), one.unbilled()),
                    AccruedView.Totals::plus);
        }
        return List.copyOf(byCurrency.values());
    }
}
