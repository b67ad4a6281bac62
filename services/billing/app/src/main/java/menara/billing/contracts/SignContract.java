package menara.billing.contracts;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import menara.billing.catalogue.PricePlan;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.axonframework.modelling.annotation.TargetEntityId;

/**
 * Sign a contract.
 *
 * @param plan the plan as it is known; versions are only ever added, so what it shows stays true
 * @param at when it is signed
 */
record SignContract(
        @TargetEntityId ContractId contract,
        TenantId tenant,
        PricePlan.Published plan,
        Period term,
        Currency currency,
        ZoneId timeZone,
        ServiceLevel serviceLevel,
        ContractTerms terms,
        Instant at) {}
