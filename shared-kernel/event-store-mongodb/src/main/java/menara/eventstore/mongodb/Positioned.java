package menara.eventstore.mongodb;

/** An event and where it stands in its log. */
record Positioned(long position, StoredEvent event) {}
