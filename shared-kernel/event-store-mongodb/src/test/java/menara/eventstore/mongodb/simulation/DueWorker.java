package menara.eventstore.mongodb.simulation;

import com.mongodb.MongoException;
import java.time.temporal.ChronoUnit;
import menara.eventstore.mongodb.due.MongoDueDates;

/** Sets dates, moves some of them, and does the work that is due. */
final class DueWorker implements Runnable {

    private static final String COLLECTION = "due";

    /** How often a process sets a date, or moves one that it set. */
    private static final int SCHEDULED = 6;

    private final Home home;

    DueWorker(Home home) {
        this.home = home;
    }

    @Override
    public void run() {
        var dates = new MongoDueDates(
                home.database(), COLLECTION, Instance.CLAIM, home.process().clock());
        int scheduled = 0;
        while (true) {
            try {
                if (scheduled < SCHEDULED) {
                    schedule(
                            dates, home.name() + "/" + home.random().nextInt(++scheduled)); // one that is new, or moved
                }
                for (var taken = dates.take(); taken.isPresent(); taken = dates.take()) {
                    complete(dates, taken.get());
                }
            } catch (MongoException e) {
                home.history().tell(() -> "%s cannot look after due work: %s".formatted(home.name(), e.getMessage()));
            }
            home.process().sleep((20 + home.random().nextInt(80)) * Home.MILLISECOND);
        }
    }

    private void schedule(MongoDueDates dates, String id) {
        var at = home.process()
                .clock()
                .instant()
                .plusMillis(home.random().nextInt(800))
                .truncatedTo(ChronoUnit.MILLIS);
        var work = home.history().due(id);
        home.history().tell(() -> "%s schedules %s for %s".formatted(home.name(), id, at));
        work.attempt(at.toEpochMilli());
        dates.schedule("work", id, at);
        work.scheduled(at.toEpochMilli());
    }

    private void complete(MongoDueDates dates, MongoDueDates.Taken taken) {
        home.history().tell(() -> "%s takes %s".formatted(home.name(), taken.id()));
        if (taken.dueAt().isAfter(home.process().clock().instant())) {
            home.history().alarm(taken.id() + " was taken before its time");
        }
        if (home.random().nextInt(4) != 0) {
            home.process().sleep(home.random().nextInt(100) * Home.MILLISECOND);
            home.history().due(taken.id()).done(taken.dueAt().toEpochMilli());
            dates.complete(taken);
        } else if (home.random().nextBoolean()) {
            dates.release(taken);
        }
    }
}
