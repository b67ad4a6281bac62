package menara.eventstore.mongodb.commit;

/** An event and its position in the log. */
public record Positioned(long position, StoredEvent event) {}
