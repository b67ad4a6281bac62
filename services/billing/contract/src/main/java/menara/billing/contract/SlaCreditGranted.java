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
 * @param credit amount credited on the charges so far, zero when a correction took it back. It grows while the month runs without further
 * events; the revision after the month's end has the full amount
 * @param revision grows with each change of that credit: a new measurement, or charges recorded later; the highest counts
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
