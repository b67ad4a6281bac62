package menara.billing.usage.events;

import java.nio.charset.StandardCharsets;

/**
 * The name of an event by its producer: the same {@code source} and {@code id} of one party mean the same event (CloudEvents 1.0, "id").
 * Another party may use the same source and id for another event.
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
     * The identity among all events of all parties; lengths are part of it, so that no two identities give the same text.
     *
     * @param party owner of the event
     */
    public Hash128 of(String party) {
        var text = party.length() + " " + source.length() + " " + party + " " + source + " " + id;
        return Hash128.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
