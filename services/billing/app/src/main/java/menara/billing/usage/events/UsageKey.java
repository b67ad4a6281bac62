package menara.billing.usage.events;

import java.nio.charset.StandardCharsets;

/**
 * What a producer calls an event: the same {@code source} and {@code id} of one party mean the same event (CloudEvents 1.0, "id"). Another
 * party may use the same words for another event.
 *
 * @param source URI reference of the producer
 * @param id unique within the source
 */
public record UsageKey(String source, String id) {

    /** For people. */
    public String text() {
        return source + " " + id;
    }

    /**
     * The identity among all events there are; with lengths, so that no two identities share a text whatever they hold.
     *
     * @param party whose event it is
     */
    public Hash128 of(String party) {
        var text = party.length() + " " + source.length() + " " + party + " " + source + " " + id;
        return Hash128.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
