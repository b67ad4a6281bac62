package menara.eventstore.mongodb.simulation;

import com.mongodb.MongoException;
import java.util.ArrayList;
import menara.eventstore.mongodb.OutcomeUnknown;
import menara.eventstore.mongodb.processing.PublishedLog;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.eventhandling.EventMessage;

/** Tells others of the log, a few events at a time. */
final class Publisher implements Runnable {

    private final Home home;

    Publisher(Home home) {
        this.home = home;
    }

    /** Every fifth event is not for others. */
    static boolean isPublished(String event) {
        return Math.floorMod(event.hashCode(), 5) != 0;
    }

    @Override
    public void run() {
        PublishedLog published = home.retried(() -> home.process()
                .publishedLog(
                        home.database(),
                        Instance.PUBLISHED,
                        home.engine(),
                        home.scenario().strategy(),
                        home.scenario().limits(),
                        SimulatedEvents.CONVERTER,
                        home.process().clock()));
        while (true) {
            try {
                publishSome(published);
            } catch (MongoException | OutcomeUnknown e) {
                home.history().tell(() -> "%s cannot publish: %s".formatted(home.name(), e.getMessage()));
            } catch (EventStoreException e) {
                home.noteFailure(home.name() + " cannot publish", e);
            }
            home.process().sleep((5 + home.random().nextInt(40)) * Home.MILLISECOND);
        }
    }

    private void publishSome(PublishedLog published) {
        var state = published.state();
        var stream = home.stream(state.progress());
        var events = new ArrayList<EventMessage>();
        long progress = state.progress();
        int some = 1 + home.random().nextInt(4);
        for (var entry = stream.next(); entry.isPresent() && some > 0; entry = stream.next(), some--) {
            progress = Home.position(entry.get());
            var id = entry.get().message().identifier();
            if (isPublished(id)) {
                events.add(SimulatedEvents.event(id));
            }
        }
        stream.close();
        if (progress > state.progress()) {
            published.append(state, events, progress);
        }
    }
}
