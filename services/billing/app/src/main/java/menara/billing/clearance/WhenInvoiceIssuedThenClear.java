package menara.billing.clearance;

import java.time.Instant;
import menara.billing.clearance.ClearanceConfiguration.Settings;
import menara.billing.drafting.InvoiceId;
import menara.billing.invoicing.CreditNoteIssued;
import menara.billing.invoicing.InvoiceIssued;
import menara.eventstore.spring.DueDates;
import menara.eventstore.spring.Policy;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** The event triggers it, so that an issued document is submitted even after a crash. */
@Policy(value = "when-invoice-issued-then-clear", by = "invoice")
class WhenInvoiceIssuedThenClear {

    private final Settings settings;
    private final DueDates dueDates;

    WhenInvoiceIssuedThenClear(Settings settings, DueDates dueDates) {
        this.settings = settings;
        this.dueDates = dueDates;
    }

    @EventHandler(eventName = "menara.billing.InvoiceIssued")
    void on(InvoiceIssued event) {
        schedule(event.invoice(), event.number(), event.at());
    }

    @EventHandler(eventName = "menara.billing.CreditNoteIssued")
    void on(CreditNoteIssued event) {
        schedule(event.invoice(), event.number(), event.at());
    }

    private void schedule(InvoiceId invoice, String number, Instant at) {
        if (settings.isOn()) {
            dueDates.schedule(ClearanceWork.KIND, invoice + "/" + number, at);
        }
    }
}
