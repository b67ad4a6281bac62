package menara.eventstore.mongodb.simulation;

import java.util.concurrent.CompletableFuture;
import menara.eventstore.mongodb.processing.MongoTokenStore;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;

/** Handles the log's events for as long as it has the claim, and goes on where the one before it stopped. */
final class Processor implements Runnable {

    private static final String NAME = "projection";

    private final Home home;

    Processor(Home home) {
        this.home = home;
    }

    @Override
    public void run() {
        var tokens = new MongoTokenStore(
                home.database(),
                "tokens",
                home.engine(),
                home.name(),
                Instance.CLAIM,
                home.process().clock());
        while (true) {
            var initial = tokens.initializeTokenSegments(NAME, 1, new GlobalSequenceTrackingToken(0), null);
            var token = initial.thenApply(_ -> (TrackingToken) new GlobalSequenceTrackingToken(0))
                    .exceptionallyCompose(_ -> tokens.fetchToken(NAME, 0, null));
            if (token.isCompletedExceptionally()) {
                var failure = token.exceptionNow();
                if (!(failure instanceof UnableToClaimTokenException)) {
                    home.noteFailure(home.name() + " cannot claim", failure);
                }
            } else {
                handleFrom(token.resultNow().position().orElse(0), tokens);
            }
            home.process().sleep((50 + home.random().nextInt(100)) * Home.MILLISECOND);
        }
    }

    private void handleFrom(long from, MongoTokenStore tokens) {
        var stream = home.stream(from);
        while (stream.error().isEmpty()) {
            var entry = stream.next();
            CompletableFuture<?> noted;
            if (entry.isPresent()) {
                long next = Home.position(entry.get());
                home.history().handled(home.name(), next, entry.get().message().identifier());
                noted = tokens.storeToken(new GlobalSequenceTrackingToken(next), NAME, 0, null);
            } else {
                home.process().sleep(50 * Home.MILLISECOND);
                noted = tokens.extendClaim(NAME, 0, null);
            }
            if (noted.isCompletedExceptionally()) {
                break;
            }
        }
        stream.close();
    }
}
