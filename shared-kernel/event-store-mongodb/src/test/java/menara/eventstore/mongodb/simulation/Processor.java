package menara.eventstore.mongodb.simulation;

import java.util.function.Consumer;
import menara.eventstore.mongodb.LogRolledBack;
import menara.eventstore.mongodb.processing.MongoParkingLot;
import menara.eventstore.mongodb.processing.MongoTokenStore;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;

/** Handles the log's events for as long as it has the claim, and goes on where the one before it stopped. */
final class Processor implements Runnable {

    static final String TOKENS = "tokens";

    /** Events after which the token is stored at the latest. */
    private static final int MAX_BATCH = 4;

    private final Home home;
    private final Consumer<String> onClaim;
    private final Consumer<EventMessage> handler;
    private final int batch;

    /**
     * @param onClaim told the name of the processor when it is claimed
     * @param batch events after which the token is stored
     */
    private Processor(Home home, Consumer<String> onClaim, Consumer<EventMessage> handler, int batch) {
        this.home = home;
        this.onClaim = onClaim;
        this.handler = handler;
        this.batch = batch;
    }

    /** One that can handle everything. */
    static Processor handlingAll(Home home) {
        return new Processor(home, _ -> {}, _ -> {}, 1);
    }

    /** One that parks what it cannot handle. */
    static Processor parking(Home home, MongoParkingLot lot, ParkingHandler handler) {
        return new Processor(
                home, lot::forgetCached, handler::handle, 1 + home.random().nextInt(MAX_BATCH));
    }

    @Override
    public void run() {
        var tokens = new MongoTokenStore(
                home.database(),
                TOKENS,
                home.engine(),
                home.name(),
                Instance.CLAIM,
                home.process().clock(),
                onClaim);
        while (true) {
            var initial = tokens.initializeTokenSegments(Projection.NAME, 1, new GlobalSequenceTrackingToken(0), null);
            var token = initial.thenApply(_ -> (TrackingToken) new GlobalSequenceTrackingToken(0))
                    .exceptionallyCompose(_ -> tokens.fetchToken(Projection.NAME, 0, null));
            if (token.isCompletedExceptionally()) {
                var failure = token.exceptionNow();
                if (failure instanceof LogRolledBack
                        && home.history().wentBack().isPresent()) {
                    home.history().rolledBack(home.name());
                    tokens.deleteToken(Projection.NAME, 0, null);
                } else if (failure instanceof LogRolledBack || !(failure instanceof UnableToClaimTokenException)) {
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
        int handled = 0;
        long next = from;
        boolean claimed = true;
        while (claimed && stream.error().isEmpty()) {
            var entry = stream.next();
            if (entry.isPresent()) {
                next = Home.position(entry.get());
                var event = entry.get().message();
                handler.accept(Projection.at(event, next));
                home.history().handled(home.name(), next, event.identifier());
                handled++;
            }
            if (handled == batch || (entry.isEmpty() && handled > 0)) {
                handled = 0;
                claimed = !tokens.storeToken(new GlobalSequenceTrackingToken(next), Projection.NAME, 0, null)
                        .isCompletedExceptionally();
            } else if (entry.isEmpty()) {
                home.process().sleep(50 * Home.MILLISECOND);
                claimed = !tokens.extendClaim(Projection.NAME, 0, null).isCompletedExceptionally();
            }
        }
        stream.close();
    }
}
