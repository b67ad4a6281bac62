package menara.billing.usage.keys;

import menara.billing.usage.events.Hash128;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an event by its key.
 *
 * @param place document of its partition in which it stands; negative if it is not there
 * @param content hash of what it says; means nothing if it is not there
 * @param retraction whether it takes usage away and reports none
 * @param overtaken whether another event counts in its place although it was accepted, as it could not be read when the other was
 * @param successor the event that took its place; null if none did
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

    /** With what a later piece of the log says. What was accepted once more, as it could not be read, stands where it was accepted last. */
    public EventFacts and(EventFacts later) {
        return new EventFacts(
                Math.max(place, later.place),
                later.place > place ? later.content : content,
                retraction || later.retraction,
                overtaken || later.overtaken,
                later.successor == null ? successor : later.successor);
    }
}
