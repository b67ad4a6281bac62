package menara.billing.metering;

import com.mongodb.client.MongoDatabase;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import menara.billing.catalogue.Aggregation;
import menara.billing.catalogue.Meter;
import menara.values.ContractId;

/** The intake of one running billing service; a second one on the same database is another instance, or the same one restarted. */
record Metered(UsageLog log, UsageMetering metering, MeteredHours hours) {

    static final Meter STORAGE = Meter.defined("storage", "TiB h", Aggregation.GAUGE, List.of("class"));

    static Metered on(MongoDatabase database, Instant now) {
        var log = new UsageLog(database.getCollection("usage_log"), Metered::meter);
        var hours = new MeteredHours(database, Metered::meter);
        var metering = new UsageMetering(log, database, hours, _ -> {}, Clock.fixed(now, ZoneOffset.UTC));
        return new Metered(log, metering, hours);
    }

    static Meter meter(String code) {
        return code.equals(STORAGE.code()) ? STORAGE : Meter.of(code);
    }

    List<UsagePartition.Verdict> take(List<UsageEntry> entries) {
        var taken = log.take(entries, Instant.EPOCH);
        metering.countAll();
        return taken.verdicts();
    }

    BigInteger total(ContractId contract, ZoneId zone, YearMonth first, int months, Instant asOf) {
        return Stream.iterate(first, month -> month.plusMonths(1))
                .limit(months)
                .flatMap(month -> hours.hours(contract, month, zone, asOf).values().stream())
                .map(quantities -> quantities.sum(Instant.MIN, Instant.MAX))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }
}
