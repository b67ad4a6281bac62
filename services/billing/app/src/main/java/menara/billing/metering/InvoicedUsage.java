package menara.billing.metering;

import java.time.Instant;
import java.util.List;
import menara.values.ContractId;
import menara.values.Period;

/** Knows which invoice lines usage has reached. */
@FunctionalInterface
public interface InvoicedUsage {

    /**
     * @param invoice its id
     * @param number as printed; empty before issue
     * @param line number of the line
     * @param explanation what the line says
     */
    record Reached(String invoice, String number, int line, String explanation) {}

    /**
     * @param series what was used
     * @param period when
     * @param receivedAt when it was reported; earlier invoices cannot hold it
     */
    List<Reached> reachedBy(ContractId contract, Series series, Period period, Instant receivedAt);
}
