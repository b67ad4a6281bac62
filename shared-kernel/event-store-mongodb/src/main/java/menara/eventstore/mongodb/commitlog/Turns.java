package menara.eventstore.mongodb.commitlog;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.machine.Machine;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process far from the database loses every race against a near one that never pauses. So a process that lost too often asks for a turn,
 * and a busy writer checks now and then for such requests and pauses for a moment. This is for fairness only: without it the log stays
 * correct, but an append of a distant process may time out.
 *
 * <p>Used by one thread at a time, the one that has the turn in its process.
 */
public final class Turns {

    /** Races lost in a row before a process asks for a turn. */
    static final int LOST_RACES = 8;

    /** A process that writes less often than this leaves gaps anyway. */
    private static final int COMMITS_BETWEEN_LOOKS = 16;

    private static final long NANOS_BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A few round trips to a distant database; also the one-time cost to others if a process asks and crashes. */
    private static final long LEASE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private final MongoCollection<Document> turns;
    private final Object log;
    private final Machine machine;
    private final String me = UUID.randomUUID().toString();
    private int commits;
    private long lookedAt;

    /** The request that was answered last; each is answered once. */
    private String heeded = "";

    private boolean asked;

    /** @param log the {@code _id} under which processes ask for their turn at one log */
    public Turns(MongoCollection<Document> turns, Object log, Machine machine) {
        this.turns = turns;
        this.log = log;
        this.machine = machine;
    }

    void committed() {
        commits++;
    }

    void ask(Deadline deadline) {
        asked = true;
        var request = new Document("_id", log)
                .append("by", me)
                .append("request", UUID.randomUUID().toString());
        try {
            deadline.within(turns).replaceOne(eq(log), request, new ReplaceOptions().upsert(true));
        } catch (MongoException e) {
            LOG.debug("could not ask for a turn; the race continues", e);
        }
    }

    void giveBack() {
        if (asked) {
            asked = false;
            try {
                turns.deleteOne(and(eq(log), eq("by", me)));
            } catch (MongoException e) {
                LOG.debug("could not give a turn back; other processes wait for it once", e);
            }
        }
    }

    /** Waits while another process has asked for its turn, for a moment at most. */
    void standBack(Deadline deadline) {
        long begun = machine.nanoTime();
        if (commits < COMMITS_BETWEEN_LOOKS || begun - lookedAt < NANOS_BETWEEN_LOOKS) {
            return;
        }
        commits = 0;
        lookedAt = begun;
        var request = request(deadline);
        if (request.isEmpty() || request.get().equals(heeded)) {
            return;
        }
        heeded = request.get();
        while (machine.nanoTime() - begun < LEASE_NANOS
                && !deadline.isOver()
                && request(deadline).filter(heeded::equals).isPresent()) {
            machine.pause(PAUSE_NANOS);
        }
    }

    private Optional<String> request(Deadline deadline) {
        try {
            return Optional.ofNullable(deadline.within(turns).find(eq(log)).first())
                    .filter(found -> !me.equals(found.getString("by")))
                    .map(found -> found.getString("request"));
        } catch (MongoException e) {
            LOG.debug("could not check whether another process asks for a turn", e);
            return Optional.empty();
        }
    }
}
