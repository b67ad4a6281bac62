package menara.eventstore.mongodb.commitlog;

import java.util.UUID;

/**
 * A commit that this process has seen.
 *
 * @param place where it stood
 * @param id its id
 */
public record Seen(Object place, UUID id) {}
