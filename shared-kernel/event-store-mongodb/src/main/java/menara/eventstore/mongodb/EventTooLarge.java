package menara.eventstore.mongodb;

/** One transaction's events do not fit into one commit document. Split the transaction, or move the bulk of it elsewhere. */
public final class EventTooLarge extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public EventTooLarge(int events, int bytes, Limits limits) {
        super(
                ("a transaction of %,d events and about %,d bytes does not fit into one commit of at most %,d events and %,d bytes;"
                                + " split it, or keep large content outside the event")
                        .formatted(events, bytes, limits.maxCommitEvents(), limits.maxCommitBytes()));
    }
}
