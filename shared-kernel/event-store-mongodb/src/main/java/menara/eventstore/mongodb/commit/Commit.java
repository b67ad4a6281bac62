package menara.eventstore.mongodb.commit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.eventstore.mongodb.commitlog.Committed;
import org.jspecify.annotations.Nullable;

/**
 * One document of the log: events that became visible together.
 *
 * @param position position of the first event; the document's {@code _id}
 * @param id made by the writer, so that it recognises its own commit after a lost answer
 * @param previous id of the commit before it, {@link #NO_COMMIT} if there is none or an older version of the store wrote it
 * @param at when it was written, by the writer's clock
 * @param translated progress of publishing the private log; null in a private log
 * @param events at least one
 * @param packed the bytes of each event if they were encoded already; otherwise empty
 */
public record Commit(
        long position,
        UUID id,
        UUID previous,
        Instant at,
        @Nullable Translated translated,
        List<StoredEvent> events,
        List<byte[]> packed)
        implements Committed {

    public Commit(
            long position,
            UUID id,
            UUID previous,
            Instant at,
            @Nullable Translated translated,
            List<StoredEvent> events) {
        this(position, id, previous, at, translated, events, List.of());
    }

    /** The commit as it is kept in memory. */
    public Commit stored() {
        return packed.isEmpty() ? this : new Commit(position, id, previous, at, translated, events);
    }

    @Override
    public Object place() {
        return position;
    }

    /** Position of the first event after this commit. */
    public long next() {
        return position + events.size();
    }

    /** Approximate memory of the commit while it is cached. */
    public long heapBytes() {
        long bytes = 0;
        for (var event : events) {
            bytes += event.heapBytes();
        }
        return bytes;
    }
}
