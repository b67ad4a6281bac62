package menara.billing.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.PublishedEvent;
import menara.values.TenantId;

/**
 * A tenant's contract was signed.
 *
 * @param contract the contract
 * @param tenant its tenant
 * @param term when it is in force
 * @param currency ISO 4217 currency it is billed in
 * @param timeZone IANA zone in which its months and hours are counted
 * @param availabilityTargetPercent availability target per calendar month, {@code 99.9}
 * @param at when it was signed
 */
@PublishedEvent(namespace = "menara.billing", name = "ContractSigned", version = "1")
public record ContractSigned(
        ContractId contract,
        TenantId tenant,
        Period term,
        Currency currency,
        ZoneId timeZone,
        BigDecimal availabilityTargetPercent,
        Instant at) {}
