package menara.billing.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed beside price and service.
 *
 * @param paymentDays days from issue until an invoice is due
 * @param buyer whom invoices are addressed to; an invoice cannot be issued without
 * @param sovereignty where data, operation and keys may be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ContractTerms(
        int paymentDays, @Nullable Buyer buyer, @Nullable Sovereignty sovereignty) {

    static final int MAX_PAYMENT_DAYS = 180;

    /** The terms of a contract that names none; Moroccan law 69-21 sets 60 days. */
    public static final ContractTerms USUAL = new ContractTerms(60, null, null);

    public ContractTerms {
        if (paymentDays < 0 || paymentDays > MAX_PAYMENT_DAYS) {
            throw new IllegalArgumentException("paymentDays must be 0 to " + MAX_PAYMENT_DAYS);
        }
    }

    ContractTerms addressedTo(@Nullable Buyer other) {
        return new ContractTerms(paymentDays, other, sovereignty);
    }

    /**
     * @param level level of the offer: {@code L1} a Moroccan company operating on national territory, {@code L2} with Moroccan majority
     * @param jurisdictions countries in which data, operation and keys may be, ISO 3166-1 alpha-2
     */
    public record Sovereignty(String level, List<String> jurisdictions) {

        public Sovereignty {
            if (!level.equals("L1") && !level.equals("L2")) {
                throw new IllegalArgumentException("level must be L1 or L2");
            }
            jurisdictions = List.copyOf(jurisdictions);
        }
    }
}
