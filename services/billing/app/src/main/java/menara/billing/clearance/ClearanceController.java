package menara.billing.clearance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Stream;
import menara.billing.clearance.ClearanceConfiguration.Settings;
import menara.billing.drafting.InvoiceId;
import menara.billing.invoicing.ApprovedInvoice;
import menara.billing.invoicing.InvoiceReadModel;
import menara.platform.security.Caller;
import menara.values.refusals.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The clearance of an invoice and its credit notes over HTTP. */
@RestController
class ClearanceController {

    private final InvoiceReadModel invoices;
    private final Clearances clearances;
    private final Settings settings;

    ClearanceController(InvoiceReadModel invoices, Clearances clearances, Settings settings) {
        this.invoices = invoices;
        this.clearances = clearances;
        this.settings = settings;
    }

    /**
     * Where a document stands at the tax authority.
     *
     * @param number of the invoice, or of a credit note to it
     * @param state off (no authority is configured), waiting (to be submitted), submitted, cleared or rejected
     * @param reference what the authority calls the submission
     * @param clearance the authority's identifier of the clearance
     * @param reasons why it was rejected
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ClearanceView(
            String number,
            String state,
            @Nullable String reference,
            @Nullable String clearance,
            @Nullable List<String> reasons) {}

    /** The invoice first, then its credit notes in their order. */
    record ClearancesView(List<ClearanceView> documents) {}

    @GetMapping("/api/billing/invoices/{invoice}/clearance")
    ClearancesView clearance(@PathVariable InvoiceId invoice, Caller caller) {
        var issued = invoices.find(invoice)
                .filter(found -> caller.maySee(found.content().tenant()))
                .flatMap(ApprovedInvoice::issued)
                .orElseThrow(() -> new NotFound("issued invoice", invoice));
        return new ClearancesView(Stream.concat(
                        Stream.of(issued.number()), issued.notes().stream().map(ApprovedInvoice.Note::number))
                .map(this::clearance)
                .toList());
    }

    private ClearanceView clearance(String number) {
        return switch (clearances.of(new DocumentNumber(number))) {
            case Clearance.None _ -> new ClearanceView(number, settings.isOn() ? "waiting" : "off", null, null, null);
            case Clearance.Submitted(var reference) -> new ClearanceView(number, "submitted", reference, null, null);
            case Clearance.Cleared(var clearance) -> new ClearanceView(number, "cleared", null, clearance, null);
            case Clearance.Rejected(var reasons) -> new ClearanceView(number, "rejected", null, null, reasons);
        };
    }
}
