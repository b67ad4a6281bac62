package menara.billing.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.PublishedEvent;
import menara.values.TenantId;

/**
 * A credit was granted because a month's availability fell short; at most one per contract and month stands at a time, a newer revision replaces it.
 *
 * @param contract the contract
 * @param tenant its tenant
 * @param month calendar month in the contract's time zone
 * @param availabilityPercent measured availability of that month
 * @param credit amount credited of what was charged by then, zero when a correction took it back; while the month runs it goes on growing
 *     without being told, and the revision after its end has the whole
 * @param revision grows with each change of that credit: a new measurement, or charges that became known later; the highest counts
 * @param at when it was granted
 */
@PublishedEvent(namespace = "menara.billing", name = "SlaCreditGranted", version = "1")
public record SlaCreditGranted(
        ContractId contract,
        TenantId tenant,
        YearMonth month,
        BigDecimal availabilityPercent,
        Money credit,
        long revision,
        Instant at) {}
