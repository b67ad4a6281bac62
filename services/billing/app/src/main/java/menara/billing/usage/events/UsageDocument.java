package menara.billing.usage.events;

import java.util.UUID;
import menara.eventstore.mongodb.commitlog.Committed;
import org.bson.types.Binary;

/**
 * One document of the usage log: events that were accepted together, or the end of a partition.
 *
 * @param place {@code partition|n}
 * @param id made by its writer
 * @param previous id of the document before it in its partition
 * @param at when its events were received, milliseconds since 1970
 * @param count number of events, also if they cannot be read
 * @param events as {@link UsageCodec} makes them
 * @param closes whether nothing follows in its partition
 */
public record UsageDocument(String place, UUID id, UUID previous, long at, int count, Binary events, boolean closes)
        implements Committed {

    /** Its number in the partition. */
    public int n() {
        return Integer.parseInt(place.substring(place.indexOf('|') + 1));
    }
}
