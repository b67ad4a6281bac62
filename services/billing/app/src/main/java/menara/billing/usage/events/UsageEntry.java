package menara.billing.usage.events;

import java.time.ZoneId;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * An event in the log, with everything needed to count it.
 *
 * @param party the tenant of its contract: source and id identify one event of this party; another party may use the same ones
 * @param event the event
 * @param zone the contract's time zone
 * @param key hash of the event's identity: of its party, source and id
 * @param content hash of what it says
 * @param head hash of the event that it replaces: the last successor of the event it names; null if it replaces none
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

    /** Bytes that it takes in a document, at most, without texts that the document already has. */
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
