package menara.billing.invoicing;

import java.time.LocalDate;
import java.util.List;

/** Whether an invoice can be sent as an electronic one. */
@FunctionalInterface
public interface InvoiceCheck {

    /** What stands against it, by the rules' own names; empty if nothing does. */
    List<String> violations(InvoiceContent content, String number, LocalDate issuedOn);
}
