package menara.billing.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import menara.billing.catalogue.PricePlanId;
import org.jspecify.annotations.Nullable;

/** What was agreed after the signature. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ContractChange.Amendment.class, name = "amendment"),
    @JsonSubTypes.Type(value = ContractChange.NewEnd.class, name = "new-end"),
    @JsonSubTypes.Type(value = ContractChange.NewBuyer.class, name = "new-buyer")
})
public sealed interface ContractChange {

    /** The request that it comes from. */
    ChangeId change();

    /** When it was agreed. */
    Instant at();

    /**
     * @param from first hour to which it applies
     * @param plan price plan from then on
     * @param serviceLevel service level from the first month that begins then or later; null if it stays
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Amendment(
            ChangeId change,
            Instant from,
            PricePlanId plan,
            @Nullable ServiceLevel serviceLevel,
            Instant at) implements ContractChange {}

    /**
     * The contract was renewed or terminated.
     *
     * @param until new end of the term
     * @param before end of the term until then
     */
    record NewEnd(ChangeId change, Instant until, Instant before, Instant at) implements ContractChange {}

    /**
     * Invoices approved from then on are addressed to another buyer.
     *
     * @param buyer the new buyer
     * @param before buyer until then; null if none was named
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NewBuyer(ChangeId change, Buyer buyer, @Nullable Buyer before, Instant at) implements ContractChange {}
}
