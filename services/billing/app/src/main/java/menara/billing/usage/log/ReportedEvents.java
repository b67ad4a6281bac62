package menara.billing.usage.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.keys.KnownEvents;
import menara.eventstore.mongodb.commitlog.Submission;

/**
 * Events that one request reports.
 *
 * @param before what sealed pieces say of the lines of succession that the entries go on from
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
