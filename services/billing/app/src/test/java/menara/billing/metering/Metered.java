package menara.billing.metering;

import com.mongodb.client.MongoDatabase;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import menara.billing.metering.hours.HourLogs;
import menara.billing.metering.hours.MeteredHours;
import menara.billing.meters.Aggregation;
import menara.billing.meters.Meter;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.log.UsageLog;
import menara.billing.usage.log.UsageLogs;
import menara.billing.usage.log.UsagePartition;
import menara.values.ContractId;

/** The intake of one running billing service; a second one on the same database is another instance, or the same one restarted. */
public record Metered(
        UsageLog log, UsageMetering metering, UsageCounter counter, MeteredHours hours, ParkedUsage parked) {

    public static final Meter STORAGE = Meter.defined("storage", "TiB h", Aggregation.GAUGE, List.of("class"));

    public static final Meter USERS = Meter.defined("users", "users", Aggregation.UNIQUE, List.of());

    /** Few, so that a test of some events comes by what is sealed, too. */
    public static final int EVENTS_PER_PIECE = 7;

    private static final List<Meter> DEFINED = List.of(STORAGE, USERS);

    public static Metered on(MongoDatabase database, Instant now) {
        return on(database, now, Metered::meter);
    }

    public static Metered on(MongoDatabase database, Instant now, Function<String, Meter> meters) {
        return on(database, now, meters, _ -> {});
    }

    public static Metered on(
            MongoDatabase database, Instant now, Function<String, Meter> meters, ChargesListener listener) {
        return on(database, now, meters, listener, UsageLogs.FIRST_PARTITIONS);
    }

    public static Metered on(
            MongoDatabase database,
            Instant now,
            Function<String, Meter> meters,
            ChargesListener listener,
            int partitions) {
        var log = UsageLogs.open(database, meters, EVENTS_PER_PIECE, partitions);
        var hours = HourLogs.on(database, meters);
        var parked = new ParkedUsage(database);
        var counter = new UsageCounter(database, hours, parked, listener, Clock.fixed(now, ZoneOffset.UTC));
        return new Metered(log, new UsageMetering(log, counter, parked), counter, hours, parked);
    }

    public static Meter meter(String code) {
        return DEFINED.stream()
                .filter(meter -> meter.code().equals(code))
                .findFirst()
                .orElseGet(() -> Meter.of(code));
    }

    public List<UsagePartition.Verdict> ingest(List<UsageEntry> entries) {
        var taken = log.ingest(entries, Instant.EPOCH);
        metering.countAll();
        return taken.verdicts();
    }

    public BigInteger total(ContractId contract, ZoneId zone, YearMonth first, int months, Instant asOf) {
        return Stream.iterate(first, month -> month.plusMonths(1))
                .limit(months)
                .flatMap(month -> hours.hours(contract, month, zone, asOf).values().stream())
                .map(quantities -> quantities.sum(Instant.MIN, Instant.MAX))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    public void countAll() {
        metering.countAll();
    }

    public void repeatLast(UsagePartition partition) {
        counter.repeatLast(partition);
    }

    public long lag() {
        return metering.lag();
    }

    public List<String> troubles() {
        return metering.troubles();
    }
}
