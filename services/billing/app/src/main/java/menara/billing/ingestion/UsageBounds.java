package menara.billing.ingestion;

import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import menara.billing.metering.hours.Contribution;
import menara.billing.metering.hours.HourWindows;
import menara.billing.metering.hours.MeteredHours;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageEvent;
import menara.billing.usage.log.UsageLog;
import menara.values.refusals.InvalidField;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which usage may count in addition to what counts already. */
@Component
class UsageBounds {

    /**
     * Readings of one contract and month that are kept one by one, because its hours follow from all of them together: one every 27
     * seconds. Rating a month holds all of them in memory, 20 MB; readings that are added up are not kept, and not bounded.
     */
    static final int MAX_READINGS = 100_000;

    private final UsageLog log;
    private final MeteredHours hours;

    UsageBounds(UsageLog log, MeteredHours hours) {
        this.log = log;
        this.hours = hours;
    }

    /**
     * What is wrong with events that are valid each on its own.
     *
     * @param since when the caller began to wait
     * @return for each event, in order, what is wrong with it; empty if nothing is
     */
    List<Optional<InvalidField>> check(List<UsageEntry> entries, Instant now, long since, boolean backfill) {
        var superseded = backfill ? Map.<UsageEntry, Instant>of() : log.supersededFrom(entries, since);
        var readings = new HashMap<String, Integer>();
        return entries.stream()
                .map(entry -> wrong(entry, superseded.get(entry), readings, now))
                .toList();
    }

    private Optional<InvalidField> wrong(
            UsageEntry entry, @Nullable Instant superseded, Map<String, Integer> readings, Instant now) {
        try {
            if (superseded != null) {
                UsageRules.checkSuperseded(superseded, now);
            }
            if (entry.event() instanceof UsageEvent.Reading reading && isKept(reading)) {
                var month =
                        HourWindows.monthOf(HourWindows.startOf(reading.period().from(), entry.zone()), entry.zone());
                requireRoom(entry, month, readings);
            }
            return Optional.empty();
        } catch (InvalidField wrong) {
            return Optional.of(wrong);
        }
    }

    private static boolean isKept(UsageEvent.Reading reading) {
        return !reading.meter().aggregation().isAdditive();
    }

    private void requireRoom(UsageEntry entry, YearMonth month, Map<String, Integer> readings) {
        var contract = entry.event().contract();
        int count = readings.compute(
                Contribution.log(contract, month),
                (_, before) -> (before == null ? hours.readings(contract, month) : before) + 1);
        if (count > MAX_READINGS) {
            throw new InvalidField(
                    "data.meter",
                    "the contract has %,d readings in %s already, as many as are kept of meters whose readings are not added up; report fewer of them"
                            .formatted(MAX_READINGS, month));
        }
    }
}
