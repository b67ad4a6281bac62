package menara.eventstore.mongodb;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.Tag;

/** One event as it lies in a commit: its payload is converted already. */
@SuppressWarnings("ArrayRecordComponent") // the bytes are never changed, and events are compared by id
record StoredEvent(
        String id,
        QualifiedName type,
        String revision,
        Instant timestamp,
        byte[] payload,
        Map<String, String> metadata,
        Set<Tag> tags) {

    /** Fixed cost of an event in a commit document and in memory, beside its payload; a rough upper bound for the caps. */
    private static final int OVERHEAD_BYTES = 160;

    int approximateBytes() {
        int bytes = OVERHEAD_BYTES + payload.length;
        for (var entry : metadata.entrySet()) {
            bytes += entry.getKey().length() + entry.getValue().length() + 16;
        }
        for (var tag : tags) {
            bytes += 2 * (tag.key().length() + tag.value().length() + 16); // on the event and on the commit
        }
        return bytes;
    }
}
