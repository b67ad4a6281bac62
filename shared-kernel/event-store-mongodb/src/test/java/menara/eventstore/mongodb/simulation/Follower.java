package menara.eventstore.mongodb.simulation;

import java.util.concurrent.locks.LockSupport;

/** Sees the log from its beginning on. */
final class Follower implements Runnable {

    private final Home home;

    Follower(Home home) {
        this.home = home;
    }

    @Override
    public void run() {
        var reader = Thread.currentThread();
        long next = 0;
        while (true) {
            var stream = home.stream(next);
            stream.setCallback(() -> LockSupport.unpark(reader));
            while (stream.error().isEmpty()) {
                var entry = stream.next();
                if (entry.isPresent()) {
                    next = Home.position(entry.get());
                    home.history().seen(home.name(), next, entry.get().message().identifier());
                } else {
                    home.process().pause(500 * Home.MILLISECOND);
                }
            }
            home.noteFailure(home.name() + " cannot follow", stream.error().orElseThrow());
            stream.close();
            home.process().sleep(20 * Home.MILLISECOND);
        }
    }
}
