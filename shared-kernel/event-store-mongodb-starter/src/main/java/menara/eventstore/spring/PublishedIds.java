package menara.eventstore.spring;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Gives a published event its id, which follows from its cause: a translation made again is recognised as the same event. Without a bean of this
 * type it is a UUID made of a hash of both arguments.
 */
@FunctionalInterface
public interface PublishedIds {

    PublishedIds HASHED = (cause, number) -> UUID.nameUUIDFromBytes(
                    "published/%s/%d".formatted(cause, number).getBytes(StandardCharsets.UTF_8))
            .toString();

    /**
     * @param cause id of the private event
     * @param number of the published event among those it is translated to, from 0
     */
    String of(String cause, int number);
}
