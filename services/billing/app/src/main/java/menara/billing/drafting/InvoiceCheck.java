package menara.billing.drafting;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether an invoice or a credit note can be sent: as an electronic one, and printed. */
public interface InvoiceCheck {

    /** Gets ready in the background: what is drafted will be checked soon. */
    void prepare();

    /**
     * What stands against it, by the rules' own names; empty if nothing does.
     *
     * @param content what is asked for, or given back, positive
     * @param credits number of the invoice that a credit note takes back; null for an invoice
     */
    List<String> violations(InvoiceContent content, String number, LocalDate issuedOn, @Nullable String credits);

    /** What people wrote that cannot be printed, each beginning with its field; empty if everything can. */
    List<String> unprintable(InvoiceContent content);
}
