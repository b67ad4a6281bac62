package menara.eventstore.mongodb.simulation;

import com.mongodb.MongoException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** Reports keys, some of them again and some in the place of others, to one log or another. */
final class Reporter implements Runnable {

    static final int LOGS = 2;

    private static final int REQUESTS = 8;
    private static final int KEYS = 12;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Home home;
    private final List<KeyLog> logs;

    Reporter(Home home, List<KeyLog> logs) {
        this.home = home;
        this.logs = logs;
    }

    @Override
    public void run() {
        for (int request = 0; request < REQUESTS; request++) {
            home.process().sleep(home.random().nextInt(200) * Home.MILLISECOND);
            report(home.random().nextInt(LOGS));
        }
    }

    private void report(int log) {
        var reports = new ArrayList<String>();
        for (int i = home.random().nextInt(3); i >= 0; i--) {
            var key = "k" + home.random().nextInt(KEYS);
            reports.add(
                    home.random().nextInt(3) == 0 ? key + ">k" + home.random().nextInt(KEYS) : key);
        }
        var report = new Report(log, home.process(), reports);
        home.history().report(report);
        var done = logs.get(log).report(reports);
        if (!home.process().waitFor(done, PATIENCE_NANOS)) {
            home.history().alarm(reports + " were never answered");
        }
        if (!done.isCompletedExceptionally()) {
            report.answered(done.resultNow());
        } else if (!(done.exceptionNow() instanceof EventStoreException)
                && !(done.exceptionNow() instanceof MongoException)) {
            home.history().alarm("a report fails in a way that nobody can expect: " + done.exceptionNow());
        } else {
            report.failed();
        }
    }
}
