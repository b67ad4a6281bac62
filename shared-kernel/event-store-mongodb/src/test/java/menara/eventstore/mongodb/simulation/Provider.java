package menara.eventstore.mongodb.simulation;

import com.mongodb.MongoException;
import java.util.List;

/** Another projection, which sooner or later writes what the sequences of this process's writers need. */
final class Provider implements Runnable {

    private static final int LATEST_MILLIS = 1_500;

    private final Home home;
    private final Projection projection;
    private final List<Quota> quotas;

    Provider(Home home, Projection projection, List<Quota> quotas) {
        this.home = home;
        this.projection = projection;
        this.quotas = quotas;
    }

    @Override
    public void run() {
        for (var quota : quotas) {
            home.process().sleep(home.random().nextInt(LATEST_MILLIS) * Home.MILLISECOND);
            while (!isProvided(quota.writer())) {
                home.process().sleep(20 * Home.MILLISECOND);
            }
        }
    }

    private boolean isProvided(String sequence) {
        try {
            projection.provide(sequence);
            return true;
        } catch (MongoException e) {
            home.history().tell(() -> "%s cannot project: %s".formatted(home.name(), e.getMessage()));
            return false;
        }
    }
}
