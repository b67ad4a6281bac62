package menara.billing.metering;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import menara.billing.meters.Aggregation;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageEvent;
import menara.billing.usage.events.UsageKey;
import menara.billing.usage.log.UsageLog;
import menara.billing.usage.log.UsageLogs;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;

/** Writes usage into the log of a stopped service that its intake would not take, or not at once. */
public final class PoisonedLog {

    private static final int BATCH = 8_000;

    private PoisonedLog() {}

    /**
     * @param party whose contract it is
     * @param users code of a meter that counts members and is defined
     * @param unknown code of a meter that is not
     */
    public static void fill(
            MongoDatabase database, TenantId party, String contract, Instant at, String users, String unknown) {
        var account = new ContractId(UUID.fromString(contract));
        var from = at.truncatedTo(java.time.temporal.ChronoUnit.HOURS);
        var giant = new Period(from, from.plusSeconds(3_600));
        var moment = new Period(from, from.plusMillis(1));
        var defined = Meter.defined(users, "users", Aggregation.UNIQUE, List.of());
        var missing = Meter.defined(unknown, "x", Aggregation.SUM, List.of());
        var log = UsageLogs.open(
                database,
                Function.<Meter>identity().compose(Meter::of),
                UsageLog.EVENTS_PER_PIECE,
                UsageLogs.FIRST_PARTITIONS);
        write(
                log,
                party,
                32_000,
                i -> event(account, "giant-" + i, Meter.GPU_HOUR, giant, UsageEvent.MAX_MILLI_GPUS, ""));
        write(log, party, 160_000, i -> event(account, "member-" + i, defined, moment, 0, "who-" + i));
        write(log, party, 1, i -> event(account, "unknown-" + i, missing, moment, 1, ""));
    }

    private static void write(
            UsageLog log, TenantId party, int count, java.util.function.IntFunction<UsageEvent> events) {
        Stream.iterate(0, first -> first < count, first -> first + BATCH)
                .forEach(first -> log.ingest(
                        IntStream.range(first, Math.min(count, first + BATCH))
                                .mapToObj(events)
                                .map(event -> UsageEntry.of(party, event, ZoneOffset.UTC))
                                .toList(),
                        Instant.EPOCH));
    }

    private static UsageEvent event(
            ContractId contract, String id, Meter meter, Period period, long quantity, String member) {
        var key = new UsageKey("/poison", id);
        return meter.equals(Meter.GPU_HOUR)
                ? new UsageEvent.Occupation(key, contract, meter, period, quantity)
                : new UsageEvent.Reading(key, contract, Series.of(meter), period, quantity, member, null);
    }
}
