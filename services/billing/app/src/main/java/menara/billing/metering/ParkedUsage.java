package menara.billing.metering;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import menara.values.ContractId;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Accepted usage that could not be counted. It is parked so that the rest is counted, shown to operators, and counted again when its cause
 * is mended.
 */
@Component
public class ParkedUsage {

    private static final int MAX_ERROR_LENGTH = 500;
    private static final String WHOLE = "document";

    private final MongoCollection<Document> parked;

    ParkedUsage(MongoDatabase database) {
        this.parked = database.getCollection("usage_parked");
    }

    /**
     * Parked usage: that of one contract in a batch of the log, or a document of the log that cannot be read.
     *
     * @param origin under which it is counted once
     * @param partition partition of the log
     * @param from first document
     * @param until behind the last document
     * @param contract null if the contract is not known
     * @param without documents of the batch that were parked on their own
     * @param error why it cannot be counted
     */
    public record Item(
            String origin,
            int partition,
            int from,
            int until,
            @Nullable ContractId contract,
            Set<Integer> without,
            String error,
            Instant parkedAt) {

        /** A whole document. It has an origin of its own, because its batch was counted without it. */
        static Item document(int partition, int n, String error, Instant parkedAt) {
            return new Item(originOf(partition, n), partition, n, n + 1, null, Set.of(), error, parkedAt);
        }

        private static String originOf(int partition, int n) {
            return partition + ":" + n + "#";
        }

        String id() {
            return origin + "|" + (contract == null ? WHOLE : contract);
        }
    }

    void park(Item item) {
        var contract = item.contract();
        parked.replaceOne(
                eq("_id", item.id()),
                new Document("origin", item.origin())
                        .append("partition", item.partition())
                        .append("from", item.from())
                        .append("until", item.until())
                        .append("contract", contract == null ? null : contract.toString())
                        .append("without", List.copyOf(item.without()))
                        .append(
                                "error",
                                item.error().substring(0, Math.min(item.error().length(), MAX_ERROR_LENGTH)))
                        .append("at", item.parkedAt().toEpochMilli()),
                new ReplaceOptions().upsert(true));
    }

    void remove(Item item) {
        parked.deleteOne(eq("_id", item.id()));
    }

    void remove(String origin, Set<ContractId> contracts) {
        parked.deleteMany(in(
                "_id",
                contracts.stream().map(contract -> origin + "|" + contract).toList()));
    }

    /** The documents of a batch that are parked on their own. */
    Set<Integer> documents(int partition, int from, int until) {
        var ids = IntStream.range(from, until)
                .mapToObj(n -> Item.originOf(partition, n) + "|" + WHOLE)
                .toList();
        var found = new HashSet<Integer>();
        parked.find(in("_id", ids)).forEach(document -> found.add(document.getInteger("from")));
        return found;
    }

    Optional<Item> find(String id) {
        return Optional.ofNullable(parked.find(eq("_id", id)).first()).map(ParkedUsage::read);
    }

    /** Whether the usage of a contract in a document is parked. */
    public boolean holds(int partition, int place, ContractId contract) {
        return all().stream()
                .anyMatch(item -> item.partition() == partition
                        && item.from() <= place
                        && place < item.until()
                        && (item.contract() == null || item.contract().equals(contract)));
    }

    long count() {
        return parked.countDocuments();
    }

    /** All parked usage, oldest first. A scan: there is seldom any. */
    public List<Item> all() {
        var all = parked.find().map(ParkedUsage::read).into(new ArrayList<>());
        all.sort(Comparator.comparing(Item::parkedAt).thenComparing(Item::id));
        return all;
    }

    private static Item read(Document document) {
        var contract = document.getString("contract");
        return new Item(
                document.getString("origin"),
                document.getInteger("partition"),
                document.getInteger("from"),
                document.getInteger("until"),
                contract == null ? null : new ContractId(UUID.fromString(contract)),
                Set.copyOf(document.getList("without", Integer.class)),
                document.getString("error"),
                Instant.ofEpochMilli(document.getLong("at")));
    }
}
