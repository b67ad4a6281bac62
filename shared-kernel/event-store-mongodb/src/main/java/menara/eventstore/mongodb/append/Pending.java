package menara.eventstore.mongodb.append;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import menara.eventstore.mongodb.commit.Criteria;
import menara.eventstore.mongodb.commit.StoredEvent;
import menara.eventstore.mongodb.commitlog.Submission;
import menara.eventstore.mongodb.machine.Machine;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;

/**
 * A transaction that waits for its outcome.
 *
 * @param since {@link Machine#nanoTime()} at the call
 */
record Pending(
        AppendCondition condition,
        Criteria criteria,
        List<StoredEvent> events,
        List<byte[]> packed,
        int bytes,
        long since,
        Thread caller,
        CompletableFuture<ConsistencyMarker> done)
        implements Submission {

    @Override
    public int size() {
        return events.size();
    }
}
