package menara.eventstore.mongodb.simulation;

import com.mongodb.MongoException;
import java.util.Optional;
import menara.eventstore.mongodb.processing.MongoParkingLot;
import menara.eventstore.mongodb.processing.MongoParkingLot.Waiting;
import menara.eventstore.mongodb.simulation.Hindrances.Hindered;

/** Tries parked sequences again when it is time, or when what they need is there. */
final class Replayer implements Runnable {

    private final Home home;
    private final MongoParkingLot lot;
    private final Projection projection;

    Replayer(Home home, MongoParkingLot lot, Projection projection) {
        this.home = home;
        this.lot = lot;
        this.projection = projection;
    }

    @Override
    public void run() {
        while (true) {
            try {
                for (var waiting : lot.waiting()) {
                    if (isDue(waiting)) {
                        replay(waiting);
                    }
                }
            } catch (MongoException e) {
                home.history().tell(() -> "%s cannot replay: %s".formatted(home.name(), e.getMessage()));
            }
            home.process().sleep((50 + home.random().nextInt(100)) * Home.MILLISECOND);
        }
    }

    private boolean isDue(Waiting waiting) {
        return !waiting.nextTry().isAfter(home.process().clock().instant())
                || waiting.awaited()
                        .filter(what -> projection.isThere(what.id()))
                        .isPresent();
    }

    private void replay(Waiting waiting) {
        try {
            int handled =
                    lot.replay(waiting.processor(), waiting.sequence(), parked -> projection.handle(parked.event()));
            home.history().tell(() -> "%s has replayed %d of %s".formatted(home.name(), handled, waiting.sequence()));
        } catch (Hindered e) {
            var missing = Optional.ofNullable(e.awaited()).filter(what -> !projection.isThere(what.id()));
            lot.failed(waiting, e.why(), missing);
        }
    }
}
