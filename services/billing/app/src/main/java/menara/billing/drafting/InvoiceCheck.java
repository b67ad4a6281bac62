package menara.billing.drafting;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether an invoice or a credit note can be sent: as an electronic one, and printed. */
public interface InvoiceCheck {

    /** Prepares the check in the background: drafts will be checked soon. */
    void prepare();

    /**
     * The rules that it violates, by the rules' own names; empty if none.
     *
     * @param content what is asked for, or credited, with positive amounts
     * @param credits number of the invoice that a credit note takes back; null for an invoice
     */
    List<String> violations(InvoiceContent content, String number, LocalDate issuedOn, @Nullable String credits);

    /** Texts that cannot be printed, each beginning with its field; empty if all can be printed. */
    List<String> unprintable(InvoiceContent content);
}
