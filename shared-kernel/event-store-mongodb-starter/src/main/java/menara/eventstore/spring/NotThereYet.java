package menara.eventstore.spring;

import java.util.Optional;
import menara.eventstore.mongodb.processing.MongoParkingLot.Awaited;

/**
 * A document that a handler needs is not projected yet, which is normal: the event is tried again for a while, then parked, and handled
 * again as soon as the document exists.
 */
public final class NotThereYet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String collection;
    private final String id;

    /**
     * @param collection of the service's own read model
     * @param id id of the document that has to come first
     */
    public NotThereYet(String collection, String id) {
        super("%s of %s is not projected yet".formatted(id, collection));
        this.collection = collection;
        this.id = id;
    }

    /** The missing document that caused a failure; empty for another failure. */
    public static Optional<Awaited> awaited(Throwable failure) {
        return failure instanceof NotThereYet missing
                ? Optional.of(new Awaited(missing.collection, missing.id))
                : Optional.empty();
    }
}
