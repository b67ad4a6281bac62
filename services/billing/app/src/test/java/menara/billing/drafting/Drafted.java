package menara.billing.drafting;

import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;
import menara.billing.contracts.Buyer;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;

/** Contents of invoices for tests of other rooms. */
public final class Drafted {

    private Drafted() {}

    public static InvoiceContent content(
            ContractId contract,
            TenantId tenant,
            YearMonth month,
            @Nullable Buyer buyer,
            List<InvoiceLine> lines,
            Currency currency,
            int paymentDays) {
        return InvoiceContent.of(contract, tenant, month, buyer, lines, currency, paymentDays);
    }

    public static InvoiceLine line(String key, YearMonth month, String product, String explanation, Money net) {
        return InvoiceLine.plain(key, month, product, explanation, net);
    }

    /** What is left to ask for a month and those before it since a first one. */
    public static List<InvoiceLine> difference(
            YearMonth month,
            YearMonth since,
            AskedFor asked,
            Function<YearMonth, List<InvoiceLine>> accrued,
            Money nothing) {
        return Difference.draft(month, since, asked, accrued, nothing);
    }
}
