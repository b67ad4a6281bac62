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
 * The number of partitions of the usage log in each generation. A generation is a document {@code {_id: number, partitions}}, written once,
 * before the first partition of the previous generation is closed. Each generation has a multiple of the previous one's partitions, so that
 * all earlier events of a source stand in one log.
 */
final class UsageLayout {

    private static final Logger LOG = LoggerFactory.getLogger(UsageLayout.class);

    /** Each keeps up to 12 MB of its last events in memory. */
    static final int MAX_PARTITIONS = 64;

    /** The first generation, which has no document. */
    static final int FIRST = 4;

    /** More generations than powers of two up to the limit. */
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
     * Begins a generation if more partitions are wanted than exist; never fewer.
     *
     * @throws IllegalArgumentException if that is no multiple of the present partitions, or too many
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
                        "menara.billing.usage-partitions must be a multiple of %d, the present partitions, and at most %d; it is %d"
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
