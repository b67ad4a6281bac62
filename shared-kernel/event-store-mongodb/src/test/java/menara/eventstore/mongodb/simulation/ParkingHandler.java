package menara.eventstore.mongodb.simulation;

import com.mongodb.MongoException;
import java.util.Optional;
import menara.eventstore.mongodb.processing.MongoParkingLot;
import menara.eventstore.mongodb.simulation.Hindrances.Hindered;
import org.axonframework.messaging.eventhandling.EventMessage;

/** Handles an event, or parks it after a while, as a service does with what it cannot handle. */
final class ParkingHandler {

    private static final long FIRST_PAUSE_NANOS = 10 * Home.MILLISECOND;
    private static final long PATIENCE_NANOS = 100 * Home.MILLISECOND;

    private final Home home;
    private final MongoParkingLot lot;
    private final Projection projection;

    ParkingHandler(Home home, MongoParkingLot lot, Projection projection) {
        this.home = home;
        this.lot = lot;
        this.projection = projection;
    }

    void handle(EventMessage event) {
        var sequence = Projection.sequence(event.identifier());
        long waited = 0;
        for (long pause = FIRST_PAUSE_NANOS; ; pause *= 2) {
            try {
                evenWithoutDatabase(() -> handleOnce(event, sequence));
                return;
            } catch (Hindered e) {
                if (waited >= PATIENCE_NANOS) {
                    evenWithoutDatabase(() -> lot.park(
                            Projection.NAME, sequence, event, Optional.of(e.why()), Optional.ofNullable(e.awaited())));
                    home.history().tell(() -> "%s parks %s: %s".formatted(home.name(), event.identifier(), e.why()));
                    return;
                }
            }
            home.process().sleep(pause);
            waited += pause;
        }
    }

    private void handleOnce(EventMessage event, String sequence) {
        if (lot.isParked(Projection.NAME, sequence) && lot.parkBehind(Projection.NAME, sequence, event)) {
            home.history().tell(() -> "%s parks %s behind others".formatted(home.name(), event.identifier()));
            return;
        }
        projection.handle(event);
    }

    private void evenWithoutDatabase(Runnable work) {
        while (true) {
            try {
                work.run();
                return;
            } catch (MongoException e) {
                home.history().tell(() -> "%s waits for the database: %s".formatted(home.name(), e.getMessage()));
            }
            home.process().sleep(FIRST_PAUSE_NANOS);
        }
    }
}
