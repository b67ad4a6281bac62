package menara.billing.usage.keys;

import menara.billing.usage.events.Hash128;
import org.jspecify.annotations.Nullable;

/**
 * Facts of an event, by its key.
 *
 * @param place place of its document in the partition; negative if it is in none
 * @param content hash of its content; meaningless if it is in no document
 * @param retraction whether it takes usage away and reports none
 * @param overtaken whether another event counts in its place although this one was accepted: this one could not be read when the other was
 * accepted
 * @param successor the event that replaced it; null if none did
 */
public record EventFacts(
        int place,
        long content,
        boolean retraction,
        boolean overtaken,
        @Nullable Hash128 successor) {

    static final int NOWHERE = -1;

    public static final EventFacts NONE = new EventFacts(NOWHERE, 0, false, false, null);

    public boolean isThere() {
        return place >= 0;
    }

    /**
     * These facts updated with those of a later piece of the log. An event that was accepted twice, because its first document could not be
     * read, stands where it was accepted last.
     */
    public EventFacts and(EventFacts later) {
        return new EventFacts(
                Math.max(place, later.place),
                later.place > place ? later.content : content,
                retraction || later.retraction,
                overtaken || later.overtaken,
                later.successor == null ? successor : later.successor);
    }
}
