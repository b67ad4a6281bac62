package menara.billing.metering;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import menara.billing.catalogue.Meter;
import menara.values.ContractId;

/**
 * What one batch adds to the hours of one contract and month.
 *
 * @param contract the contract
 * @param month calendar month in the contract's zone
 * @param batch the batch that adds it, once
 * @param hours start of the hour → quantity in the meter's smallest parts ({@link Meter#partsPerUnit()}), by meter
 */
record HourlyContribution(
        ContractId contract, YearMonth month, UUID batch, Map<Meter, SortedMap<Instant, Long>> hours) {

    /** The contributions of the events that {@code batch} owns; the same events give the same contributions. */
    static List<HourlyContribution> of(UUID batch, List<UsageBatch.Item> owned) {
        record ContractMonth(ContractId contract, YearMonth month) {}
        var byMonth = new LinkedHashMap<ContractMonth, HourlyContribution>();
        for (var item : owned) {
            var event = item.event();
            HourWindows.split(event.period(), item.zone(), (hour, millis) -> {
                var key = new ContractMonth(event.contract(), HourWindows.monthOf(hour, item.zone()));
                // Exact: MAX_MILLI_GPUS × the milliseconds of an hour × MAX_BATCH events fit into a long.
                byMonth.computeIfAbsent(
                                key, _ -> new HourlyContribution(key.contract(), key.month(), batch, new TreeMap<>()))
                        .hours()
                        .computeIfAbsent(event.meter(), _ -> new TreeMap<>())
                        .merge(hour, Math.multiplyExact(event.milliGpus(), millis), Math::addExact);
            });
        }
        return new ArrayList<>(byMonth.values());
    }
}
