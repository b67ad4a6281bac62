package menara.eventstore.mongodb.commitlog;

import java.util.UUID;

/**
 * A commit that this process has read.
 *
 * @param place its place
 * @param id its id
 */
public record Seen(Object place, UUID id) {}
