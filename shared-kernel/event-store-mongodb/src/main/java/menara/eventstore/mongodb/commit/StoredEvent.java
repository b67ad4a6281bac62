package menara.eventstore.mongodb.commit;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.Tag;

/** One event of a commit, with its payload as bytes. */
@SuppressWarnings("ArrayRecordComponent") // the bytes are never changed, and events are compared by id
public record StoredEvent(
        String id,
        QualifiedName type,
        String revision,
        Instant timestamp,
        byte[] payload,
        Map<String, String> metadata,
        Set<Tag> tags) {

    /** Field names, id, type and times of an event in a commit document; a rough upper bound. */
    private static final int DOCUMENT_OVERHEAD_BYTES = 200;

    /** Objects of a decoded event, its place in the index by tag, and what a collection costs. */
    private static final int HEAP_OVERHEAD_BYTES = 350;

    private static final int HEAP_BYTES_PER_ENTRY = 120;

    /** Approximate size of the event in a commit document, rather too large than too small. */
    public int documentBytes() {
        int bytes = DOCUMENT_OVERHEAD_BYTES + payload.length;
        for (var entry : metadata.entrySet()) {
            bytes += 3 * (entry.getKey().length() + entry.getValue().length()) + 16; // a character takes up to 3 bytes
        }
        for (var tag : tags) {
            bytes += 2 * (3 * (tag.key().length() + tag.value().length()) + 32); // on the event and on the commit
        }
        return bytes;
    }

    /** Approximate memory of the event while it is cached. */
    long heapBytes() {
        long bytes = (long) HEAP_OVERHEAD_BYTES + payload.length;
        for (var entry : metadata.entrySet()) {
            bytes += HEAP_BYTES_PER_ENTRY
                    + entry.getKey().length()
                    + entry.getValue().length();
        }
        for (var tag : tags) {
            bytes += HEAP_BYTES_PER_ENTRY
                    + (long) tag.key().length()
                    + tag.value().length();
        }
        return bytes;
    }
}
