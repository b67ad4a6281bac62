package menara.platform.time;

import java.util.UUID;

/** Makes new ids at the edge, so that a test can set them. */
@FunctionalInterface
public interface IdFactory {

    /** A new UUID, version 7. */
    UUID next();
}
