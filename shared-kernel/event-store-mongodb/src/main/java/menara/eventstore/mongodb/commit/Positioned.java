package menara.eventstore.mongodb.commit;

/** An event and where it stands in its log. */
public record Positioned(long position, StoredEvent event) {}
