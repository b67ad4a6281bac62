package menara.billing.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import menara.billing.catalogue.PricePlanId;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * A contract was signed.
 *
 * @param contract the contract
 * @param tenant who uses and pays
 * @param plan price plan
 * @param term when it is in force
 * @param currency ISO 4217
 * @param timeZone IANA zone of its months and hours
 * @param serviceLevel availability target and credits
 * @param at when it was signed
 * @param terms what was agreed beside price and service; null for the usual terms
 */
@Event(namespace = "menara.billing", name = "ContractSigned", version = "1")
public record ContractSigned(
        @EventTag(key = "contract") ContractId contract,
        TenantId tenant,
        PricePlanId plan,
        Period term,
        Currency currency,
        ZoneId timeZone,
        ServiceLevel serviceLevel,
        Instant at,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ContractTerms terms)
        implements ContractEvent {

    Contract.Signed signed() {
        return new Contract.Signed(
                contract,
                tenant,
                plan,
                term,
                currency,
                timeZone,
                serviceLevel,
                at,
                terms == null ? ContractTerms.USUAL : terms,
                List.of());
    }
}
