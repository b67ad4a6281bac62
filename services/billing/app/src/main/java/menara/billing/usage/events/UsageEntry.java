package menara.billing.usage.events;

import java.time.ZoneId;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the log, with everything that counting it needs.
 *
 * @param party the tenant of its contract: source and id mean one event of this party, and what others call theirs is no matter
 * @param event the event
 * @param zone the contract's time zone
 * @param key hash of the event's identity: of its party, source and id
 * @param content hash of what it says
 * @param head hash of the event whose place it takes: the last of those that superseded the one it names; null if of none
 */
public record UsageEntry(
        TenantId party,
        UsageEvent event,
        ZoneId zone,
        Hash128 key,
        long content,
        @Nullable Hash128 head) {

    public static UsageEntry of(TenantId party, UsageEvent event, ZoneId zone) {
        return new UsageEntry(party, event, zone, event.key().of(party.value()), event.contentHash(), null);
    }

    /** Bytes that it takes in a document, at most, beside texts that the document has already. */
    public int storedBytes() {
        return UsageCodec.BYTES_PER_EVENT
                + event.key().source().length()
                + UsageCodec.MAX_BYTES_PER_CHARACTER
                        * (event.key().id().length()
                                + (event instanceof UsageEvent.Counted counted
                                        ? counted.series().dimensionText().length()
                                                + counted.member().length()
                                        : 0)
                                + (event.supersedes() == null
                                        ? 0
                                        : event.supersedes().length()));
    }

    public UsageEntry superseding(Hash128 event) {
        return new UsageEntry(party, this.event, zone, key, content, event);
    }
}
