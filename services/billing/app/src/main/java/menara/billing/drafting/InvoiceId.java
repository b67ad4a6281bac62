package menara.billing.drafting;

import java.time.YearMonth;
import java.util.UUID;
import menara.values.ContractId;
import menara.values.TypedId;
import menara.values.Uuid8;

/** An invoice, from its draft on. */
public record InvoiceId(UUID value) implements TypedId<UUID> {

    /**
     * A contract has one invoice for a month, and another one after each that was voided.
     *
     * @param attempt 1, 2, 3 …
     */
    public static InvoiceId of(ContractId contract, YearMonth month, int attempt) {
        return new InvoiceId(
                Uuid8.derived("invoice", contract.toString(), month.toString(), Integer.toString(attempt)));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
