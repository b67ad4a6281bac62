package menara.billing.metering;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the log, with everything that counting it needs.
 *
 * @param event the event
 * @param zone the contract's time zone
 * @param key hash of the event's identity
 * @param content hash of what it says
 * @param head hash of the event whose place it takes: the last of those that superseded the one it names; null if of none
 */
record UsageEntry(
        UsageEvent event,
        ZoneId zone,
        Hash128 key,
        long content,
        @Nullable Hash128 head) {

    static UsageEntry of(UsageEvent event, ZoneId zone) {
        return new UsageEntry(event, zone, Hash128.of(event.key()), event.contentHash(), null);
    }

    UsageEntry superseding(Hash128 event) {
        return new UsageEntry(this.event, zone, key, content, event);
    }
}
