package menara.billing.contracts;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import menara.billing.catalogue.PricePlanId;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A contract was signed; others learn it as {@link menara.billing.contract.ContractSigned}.
 *
 * @param contract the contract
 * @param tenant who uses and pays
 * @param plan price plan
 * @param term when it is in force
 * @param currency ISO 4217
 * @param timeZone IANA zone of its months and hours
 * @param serviceLevel promised availability
 * @param at when it was signed
 */
@Event(namespace = "menara.billing", name = "ContractConcluded", version = "1")
public record ContractConcluded(
        @EventTag(key = "contract") ContractId contract,
        TenantId tenant,
        PricePlanId plan,
        Period term,
        Currency currency,
        ZoneId timeZone,
        ServiceLevel serviceLevel,
        Instant at)
        implements ContractEvent {}
