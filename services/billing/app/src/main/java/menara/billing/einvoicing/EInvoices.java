package menara.billing.einvoicing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import menara.billing.drafting.InvoiceCheck;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceId;
import menara.billing.drafting.Seller;
import menara.billing.invoicing.ApprovedInvoice;
import menara.billing.invoicing.InvoiceReadModel;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Issued invoices and credit notes as they are sent, made on request from the frozen content and always the same. */
@Component
public class EInvoices implements InvoiceCheck {

    private final InvoiceReadModel invoices;
    private final Seller seller;
    private final En16931 rules;

    EInvoices(InvoiceReadModel invoices, Seller seller, En16931 rules) {
        this.invoices = invoices;
        this.seller = seller;
        this.rules = rules;
    }

    @Override
    public void prepare() {
        rules.prepare();
    }

    @Override
    public List<String> violations(
            InvoiceContent content, String number, LocalDate issuedOn, @Nullable String credits) {
        return rules.violations(ubl(new EInvoice(content, number, issuedOn, credits)), credits != null);
    }

    @Override
    public List<String> unprintable(InvoiceContent content) {
        return PrintedText.violations(content);
    }

    String ubl(EInvoice invoice) {
        return UblWriter.write(seller, invoice);
    }

    /** Empty if the invoice does not exist, or is not issued yet. */
    Optional<EInvoice> invoice(InvoiceId id) {
        return invoices.find(id)
                .flatMap(invoice -> invoice.issued()
                        .map(issued -> new EInvoice(invoice.content(), issued.number(), issued.issuedOn(), null)));
    }

    Optional<EInvoice> creditNote(InvoiceId id, String number) {
        return invoices.find(id)
                .flatMap(ApprovedInvoice::issued)
                .flatMap(issued -> issued.notes().stream()
                        .filter(note -> note.number().equals(number))
                        .findFirst()
                        .map(note ->
                                new EInvoice(note.content().reversed(), number, note.issuedOn(), issued.number())));
    }

    /** An issued invoice, or a credit note to it, as UBL 2.1; empty if the invoice has no document of that number. */
    public Optional<String> document(InvoiceId id, String number) {
        return invoice(id)
                .filter(found -> found.number().equals(number))
                .or(() -> creditNote(id, number))
                .map(this::ubl);
    }
}
