package menara.billing.einvoicing;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import menara.billing.drafting.InvoiceId;
import menara.billing.drafting.Seller;
import menara.platform.security.Caller;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Issued invoices and credit notes over HTTP, as UBL 2.1 and in print. */
@RestController
@RequestMapping("/api/billing/invoices/{invoice}")
class EInvoiceController {

    private final EInvoices invoices;
    private final Seller seller;

    EInvoiceController(EInvoices invoices, Seller seller) {
        this.invoices = invoices;
        this.seller = seller;
    }

    @GetMapping(path = "/ubl", produces = MediaType.APPLICATION_XML_VALUE)
    ResponseEntity<byte[]> ubl(@PathVariable InvoiceId invoice, Caller caller) {
        return xml(visible(invoices.invoice(invoice), invoice, caller));
    }

    @GetMapping(path = "/credit-notes/{number}/ubl", produces = MediaType.APPLICATION_XML_VALUE)
    ResponseEntity<byte[]> creditNoteUbl(@PathVariable InvoiceId invoice, @PathVariable String number, Caller caller) {
        return xml(visible(invoices.creditNote(invoice, number), number, caller));
    }

    /** @param language en or fr */
    @GetMapping(path = "/pdf", produces = MediaType.APPLICATION_PDF_VALUE)
    ResponseEntity<byte[]> pdf(
            @PathVariable InvoiceId invoice, @RequestParam(defaultValue = "fr") String language, Caller caller) {
        return pdf(visible(invoices.invoice(invoice), invoice, caller), language);
    }

    /** @param language en or fr */
    @GetMapping(path = "/credit-notes/{number}/pdf", produces = MediaType.APPLICATION_PDF_VALUE)
    ResponseEntity<byte[]> creditNotePdf(
            @PathVariable InvoiceId invoice,
            @PathVariable String number,
            @RequestParam(defaultValue = "fr") String language,
            Caller caller) {
        return pdf(visible(invoices.creditNote(invoice, number), number, caller), language);
    }

    private ResponseEntity<byte[]> pdf(EInvoice invoice, String language) {
        var words = switch (language) {
            case "fr" -> InvoiceWords.FRENCH;
            case "en" -> InvoiceWords.ENGLISH;
            default -> throw new InvalidField("language", "must be fr or en");
        };
        return file(InvoicePdf.of(seller, invoice, words), MediaType.APPLICATION_PDF, invoice.number() + ".pdf");
    }

    private ResponseEntity<byte[]> xml(EInvoice invoice) {
        return file(
                invoices.ubl(invoice).getBytes(StandardCharsets.UTF_8),
                new MediaType(MediaType.APPLICATION_XML, StandardCharsets.UTF_8),
                invoice.number() + ".xml");
    }

    private static ResponseEntity<byte[]> file(byte[] content, MediaType type, String name) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(content);
    }

    private static EInvoice visible(Optional<EInvoice> found, Object id, Caller caller) {
        return found.filter(invoice -> caller.maySee(invoice.content().tenant()))
                .orElseThrow(() -> new NotFound("issued invoice", id));
    }
}
