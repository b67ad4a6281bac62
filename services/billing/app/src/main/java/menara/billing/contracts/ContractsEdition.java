package menara.billing.contracts;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.inc;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import menara.values.ContractId;
import org.bson.Document;

/**
 * Contracts in memory for as long as none has changed: a number that is raised after each change, by whichever instance, says so. What was read
 * under a number is as new as that number, so whoever sees the next one reads again.
 */
final class ContractsEdition {

    private static final String ID = "contracts";

    /** Several times as many as a campus has; beyond, all are read again. */
    private static final int MAX_KEPT = 20_000;

    private final MongoCollection<Document> editions;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Kept kept = new Kept(-1, new ConcurrentHashMap<>());

    /** Reads of the number that have begun; raised under the lock. */
    private volatile long begun;

    /** What the last of them found. Guarded by the lock. */
    private Found found = new Found(0, 0);

    private record Found(long read, long edition) {}

    private record Kept(long edition, Map<ContractId, Contract.Signed> contracts) {}

    ContractsEdition(MongoDatabase database) {
        this.editions = database.getCollection("contracts_edition");
    }

    void changed() {
        editions.updateOne(eq("_id", ID), inc("edition", 1L), new UpdateOptions().upsert(true));
    }

    /** As it is or was after the call: of those who ask for it at the same time one reads. */
    private long edition() {
        long wanted = begun + 1; // one that is under way may have begun before the change that the caller knows of
        reading.lock();
        try {
            if (found.read() < wanted) {
                long next = begun + 1;
                begun = next;
                found = new Found(next, read());
            }
            return found.edition();
        } finally {
            reading.unlock();
        }
    }

    private long read() {
        var document = editions.find(eq("_id", ID)).first();
        return document == null ? 0 : document.getLong("edition");
    }

    /** @param read finds those that are not in memory; one that is not there is looked for again next time */
    Map<ContractId, Contract.Signed> contracts(
            Collection<ContractId> ids, Function<List<ContractId>, List<Contract.Signed>> read) {
        var current = current(edition());
        var found = new HashMap<ContractId, Contract.Signed>();
        var unread = new ArrayList<ContractId>();
        for (var id : ids) {
            var contract = current.get(id);
            if (contract == null) {
                unread.add(id);
            } else {
                found.put(id, contract);
            }
        }
        if (!unread.isEmpty()) {
            for (var contract : read.apply(unread)) {
                current.put(contract.contract(), contract);
                found.put(contract.contract(), contract);
            }
        }
        return found;
    }

    private Map<ContractId, Contract.Signed> current(long edition) {
        var now = kept;
        if (now.edition() != edition || now.contracts().size() > MAX_KEPT) {
            now = new Kept(edition, new ConcurrentHashMap<>());
            kept = now;
        }
        return now.contracts();
    }
}
