package menara.billing.usage.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageEvent;
import menara.billing.usage.events.UsageKey;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;

/** Reported occupations of one contract in one hour, of which tests of the log tell apart only key and quantity. */
final class UsageEvents {

    static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
    static final ContractId CONTRACT = new ContractId(new UUID(1, 1));
    static final TenantId PARTY = new TenantId("atlas-ai");

    private static final Period HOUR = new Period(NOW.minusSeconds(7_200), NOW.minusSeconds(3_600));

    private UsageEvents() {}

    static UsageEntry occupied(TenantId party, UsageKey key, long milliGpus, @Nullable String superseded) {
        return entry(
                party,
                new UsageEvent.Occupation(key, CONTRACT, Series.of(Meter.GPU_HOUR), HOUR, milliGpus, superseded));
    }

    static UsageEntry retracted(TenantId party, UsageKey key, String superseded) {
        return entry(party, new UsageEvent.Retraction(key, CONTRACT, superseded));
    }

    private static UsageEntry entry(TenantId party, UsageEvent event) {
        return UsageEntry.of(party, event, ZoneOffset.UTC);
    }

    /** {@code job-from} to {@code job-(until-1)} of a source, of as many thousandths of a GPU as their numbers say. */
    static List<UsageEntry> jobs(String source, int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(i -> occupied(PARTY, new UsageKey(source, "job-" + i), i, null))
                .toList();
    }
}
