package menara.billing.drafting;

import java.time.LocalDate;
import menara.values.refusals.RuleViolated;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Refuses an invoice that could not be sent, before it gets a number. */
@Component
public class InvoiceValidation {

    private final InvoiceCheck check;
    private final Seller seller;

    InvoiceValidation(InvoiceCheck check, Seller seller) {
        this.check = check;
        this.seller = seller;
    }

    /**
     * Checks with a placeholder number of the same form, since the issue decides the real one. Content that lacks something is refused for
     * that first.
     *
     * @param credits number of the invoice that a credit note takes back; null for an invoice
     * @throws RuleViolated if it cannot be printed, or no electronic invoice can be made of it
     */
    public void requireSendable(
            InvoiceContent content, NumberSeries.Kind kind, @Nullable String credits, LocalDate today) {
        if (!content.isComplete()) {
            return;
        }
        var series = new NumberSeries(seller.code(), today.getYear(), kind);
        var unprintable = check.unprintable(content);
        if (!unprintable.isEmpty()) {
            throw new RuleViolated("text-cannot-be-printed", String.join("; ", unprintable));
        }
        var violations = check.violations(content, series.number(1), today, credits);
        if (!violations.isEmpty()) {
            throw new RuleViolated(
                    "not-en-16931", "an electronic invoice cannot be made of it: " + String.join("; ", violations));
        }
    }
}
