package menara.bench.billing;

import com.mongodb.client.MongoDatabase;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Binary;

/** Contracts, a plan and metered hours as the projections would have left them: making them one by one would take an hour. */
final class FilledBilling {

    private static final int CONTRACTS_PER_TENANT = 10;

    static final int METERS = 6;
    static final int TIERS = 5;

    private static final int CHUNK = 250;
    private static final long MICROS_PER_UNIT = 1_000_000;

    private final MongoDatabase database;
    private final List<String> contracts = new ArrayList<>();

    FilledBilling(MongoDatabase database) {
        this.database = database;
    }

    List<String> contracts() {
        return contracts;
    }

    void plans(Instant from) {
        var charges = new StringBuilder("[");
        for (int meter = 0; meter < METERS; meter++) {
            database.getCollection("meters")
                    .insertOne(new Document("_id", "bench-" + meter)
                            .append("unit", "unit h")
                            .append("aggregation", "SUM")
                            .append("dimensions", List.of()));
            charges.append(meter == 0 ? "" : ",")
                    .append(
                            "{\"code\":\"bench-%d\",\"product\":\"Product %d\",\"meter\":\"bench-%d\",\"model\":{\"type\":\"tiered\",\"tiers\":["
                                    .formatted(meter, meter, meter));
            for (int tier = 0; tier < TIERS; tier++) {
                charges.append(tier == 0 ? "" : ",")
                        .append("{\"from\":\"%d\",%s\"unitPrice\":\"%d.25\"}"
                                .formatted(
                                        tier * 1_000,
                                        tier == TIERS - 1 ? "" : "\"until\":\"%d\",".formatted((tier + 1) * 1_000),
                                        20 - tier));
            }
            charges.append("]}}");
        }
        plan("bench-tiered", from, List.of(), charges.append("]").toString());
        plan("bench-gpu", from, List.of(new Document("meter", "gpu-hour").append("unitPrice", "2.10")), "[]");
    }

    private void plan(String name, Instant from, List<Document> prices, String charges) {
        database.getCollection("price_plans")
                .insertOne(new Document("_id", name)
                        .append("currency", "MAD")
                        .append(
                                "versions",
                                new Document(
                                        "1",
                                        new Document("effectiveFrom", from.toString())
                                                .append("prices", prices)
                                                .append("charges", charges)
                                                .append("publishedAt", from.toString()))));
    }

    /** So few that a machine's token can name those whose usage it reports. */
    static List<String> tenants(int contracts) {
        return IntStream.rangeClosed(0, (contracts - 1) / CONTRACTS_PER_TENANT)
                .mapToObj(FilledBilling::tenant)
                .toList();
    }

    private static String tenant(int number) {
        return "tenant-" + number;
    }

    void contracts(int count, String plan, Instant from) {
        var documents = new ArrayList<Document>();
        for (int i = 0; i < count; i++) {
            var id = UUID.randomUUID().toString();
            contracts.add(id);
            documents.add(new Document("_id", id)
                    .append("tenant", tenant(i / CONTRACTS_PER_TENANT))
                    .append("plan", plan)
                    .append("from", from.toString())
                    .append("until", from.plus(Duration.ofDays(730)).toString())
                    .append("currency", "MAD")
                    .append("timeZone", "UTC")
                    .append("targetPercent", "99.9")
                    .append("tiers", List.of())
                    .append("signedAt", from.toString()));
        }
        database.getCollection("contracts").insertMany(documents);
    }

    /** Every hour of the month of every meter, enough to reach every tier. */
    void hours(YearMonth month, Instant recordedAt) {
        long start = month.atDay(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        int hours = month.lengthOfMonth() * 24;
        for (int from = 0; from < contracts.size(); from += CHUNK) {
            var documents = new ArrayList<Document>();
            for (var contract : contracts.subList(from, Math.min(from + CHUNK, contracts.size()))) {
                var sums = new ArrayList<Document>();
                for (int meter = 0; meter < METERS; meter++) {
                    var bytes = ByteBuffer.allocate(hours * 16);
                    for (int hour = 0; hour < hours; hour++) {
                        bytes.putLong(start + hour * 3_600L).putLong((7 + (hour + meter) % 5) * MICROS_PER_UNIT);
                    }
                    sums.add(new Document("meter", "bench-" + meter)
                            .append("dimensions", "")
                            .append("hours", new Binary(bytes.array())));
                }
                documents.add(new Document("_id", contract + "|" + month + "|0")
                        .append("once", contract + "|" + month + "|fill")
                        .append("recordedAt", recordedAt.toEpochMilli())
                        .append("sums", sums)
                        .append("readings", List.of())
                        .append("gone", List.of()));
            }
            database.getCollection("metered_hours").insertMany(documents);
        }
    }
}
