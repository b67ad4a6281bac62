package menara.billing.usage.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.keys.KnownEvents;
import menara.eventstore.mongodb.commitlog.Submission;

/**
 * The events of one request.
 *
 * @param before sealed facts of the successions that the entries continue
 * @param outcome empty if the log has ended
 */
record ReportedEvents(
        List<UsageEntry> entries,
        KnownEvents.Sealed before,
        Instant receivedAt,
        int bytes,
        long since,
        CompletableFuture<Optional<UsagePartition.Outcome>> outcome)
        implements Submission {

    @Override
    public int size() {
        return entries.size();
    }
}
