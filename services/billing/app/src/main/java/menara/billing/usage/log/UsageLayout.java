package menara.billing.usage.log;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many partitions the usage log has had, generation by generation. A generation is a document {@code {_id: number, partitions}}, written once; it is
 * there before the first partition of the one before is closed. Each has a multiple of the partitions of the one before, so that what a source wrote
 * before stands in one log only.
 */
final class UsageLayout {

    private static final Logger LOG = LoggerFactory.getLogger(UsageLayout.class);

    /** Each keeps up to 12 MB of its last events in memory. */
    static final int MAX_PARTITIONS = 64;

    /** Of the first generation, which has no document. */
    static final int FIRST = 4;

    /** More than there are powers of two up to the limit. */
    private static final int MAX_GENERATIONS = 8;

    private final MongoCollection<Document> generations;

    UsageLayout(MongoDatabase database) {
        this.generations = database.getCollection("usage_layout");
    }

    /** Partitions of each generation, the first one first. */
    List<Integer> generations() {
        var numbers = IntStream.range(1, MAX_GENERATIONS).boxed().toList();
        var found = new HashMap<Integer, Integer>();
        generations
                .find(in("_id", numbers))
                .forEach(one -> found.put(one.getInteger("_id"), one.getInteger("partitions")));
        var all = new ArrayList<>(List.of(FIRST));
        numbers.stream().takeWhile(found::containsKey).map(found::get).forEach(all::add);
        return all;
    }

    /**
     * Begins a generation if more partitions are wanted than there are; never fewer.
     *
     * @throws IllegalArgumentException if that is no multiple of the partitions that there are, or too many
     */
    void raise(int wanted) {
        while (true) {
            var all = generations();
            int now = all.getLast();
            if (wanted < now) {
                LOG.info("the usage log keeps its {} partitions; they never become fewer, {} are wanted", now, wanted);
            }
            if (wanted <= now) {
                return;
            }
            if (wanted % now != 0 || wanted > MAX_PARTITIONS) {
                throw new IllegalArgumentException(
                        "menara.billing.usage-partitions must be a multiple of %d, the partitions that there are, and at most %d; it is %d"
                                .formatted(now, MAX_PARTITIONS, wanted));
            }
            try {
                generations.insertOne(new Document("_id", all.size()).append("partitions", wanted));
                LOG.info("the usage log goes on in {} partitions after {}", wanted, now);
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                // another instance was faster; look again
            }
        }
    }
}
