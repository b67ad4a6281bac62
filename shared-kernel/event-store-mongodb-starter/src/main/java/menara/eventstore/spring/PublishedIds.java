package menara.eventstore.spring;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Gives a published event its id, which is derived from its cause, so that a repeated translation is recognised as the same event. The
 * default is a UUID of a hash of both arguments.
 */
@FunctionalInterface
public interface PublishedIds {

    PublishedIds HASHED = (cause, number) -> UUID.nameUUIDFromBytes(
                    "published/%s/%d".formatted(cause, number).getBytes(StandardCharsets.UTF_8))
            .toString();

    /**
     * @param cause id of the private event
     * @param number number of the published event within its translation, from 0
     */
    String of(String cause, int number);
}
