package menara.billing.invoicing;

import java.time.LocalDate;
import java.util.List;

/** Whether an invoice can be sent: as an electronic one, and printed. */
public interface InvoiceCheck {

    /** What stands against it, by the rules' own names; empty if nothing does. */
    List<String> violations(InvoiceContent content, String number, LocalDate issuedOn);

    /** What people wrote that cannot be printed, each beginning with its field; empty if everything can. */
    List<String> unprintable(InvoiceContent content);
}
