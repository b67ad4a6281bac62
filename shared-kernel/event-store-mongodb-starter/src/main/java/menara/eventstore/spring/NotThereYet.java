package menara.eventstore.spring;

import java.util.Optional;
import menara.eventstore.mongodb.processing.MongoParkingLot.Awaited;

/**
 * What a handler needs is not projected yet, which is ordinary: it is tried again for a while, then parked, and played again as soon as the
 * document is there.
 */
public final class NotThereYet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String collection;
    private final String id;

    /**
     * @param collection of the service's own read model
     * @param id of the document that has to come first
     */
    public NotThereYet(String collection, String id) {
        super("%s of %s is not projected yet".formatted(id, collection));
        this.collection = collection;
        this.id = id;
    }

    /** What a failure says to be missing; empty if it is another one. */
    public static Optional<Awaited> awaited(Throwable failure) {
        return failure instanceof NotThereYet missing
                ? Optional.of(new Awaited(missing.collection, missing.id))
                : Optional.empty();
    }
}
