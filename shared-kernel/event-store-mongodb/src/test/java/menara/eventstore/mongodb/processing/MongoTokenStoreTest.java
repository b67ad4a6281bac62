package menara.eventstore.mongodb.processing;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import menara.eventstore.mongodb.LogIdentity;
import menara.eventstore.mongodb.LogRolledBack;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.TestClock;
import menara.eventstore.mongodb.TestDatabase;
import menara.eventstore.mongodb.TestEvents;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.ReplayToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.bson.BsonBinary;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MongoTokenStoreTest {

    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);
    private static final String PROCESSOR = "balances";

    @AutoClose
    private final TestDatabase mongo = new TestDatabase();

    @AutoClose
    private final MongoEventStorageEngine engine = MongoEventStorageEngine.builder(
                    mongo.database(), TestEvents.CONVERTER)
            .open();

    private final TestClock clock = new TestClock();
    private final MongoTokenStore ours = store("ours", engine);
    private final MongoTokenStore theirs = store("theirs", engine);

    private MongoTokenStore store(String owner, LogIdentity log) {
        return new MongoTokenStore(mongo.database(), "tokens", log, owner, CLAIM_TIMEOUT, clock);
    }

    @BeforeEach
    void three_events_and_a_segment() throws ExecutionException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            TestEvents.append(engine, TestEvents.tagged("event " + i));
        }
        ours.initializeTokenSegments(PROCESSOR, 1, new GlobalSequenceTrackingToken(0), null)
                .get();
    }

    @Test
    void a_token_is_not_stored_behind_what_the_log_does_not_hold() throws Exception {
        assertNotClaimed(ours.storeToken(new GlobalSequenceTrackingToken(4), PROCESSOR, 0, null));

        assertThat(ours.fetchToken(PROCESSOR, 0, null).get()).isEqualTo(new GlobalSequenceTrackingToken(0));
    }

    private static void assertNotClaimed(CompletableFuture<?> attempt) {
        assertThatThrownBy(attempt::get).hasCauseInstanceOf(UnableToClaimTokenException.class);
    }

    @Test
    void a_stored_token_is_fetched_by_the_next_instance() throws Exception {
        ours.fetchToken(PROCESSOR, 0, null).get();
        ours.storeToken(new GlobalSequenceTrackingToken(2), PROCESSOR, 0, null).get();
        ours.releaseClaim(PROCESSOR, 0, null).get();

        assertThat(theirs.fetchToken(PROCESSOR, 0, null).get()).isEqualTo(new GlobalSequenceTrackingToken(2));
    }

    @Test
    void a_segment_belongs_to_one_instance_until_it_is_silent_for_too_long() throws Exception {
        ours.fetchToken(PROCESSOR, 0, null).get();
        assertNotClaimed(theirs.fetchToken(PROCESSOR, 0, null));
        assertThat(theirs.fetchAvailableSegments(PROCESSOR, null).get()).isEmpty();

        clock.advance(CLAIM_TIMEOUT.minusSeconds(1));
        ours.extendClaim(PROCESSOR, 0, null).get();
        clock.advance(CLAIM_TIMEOUT.minusSeconds(1));
        assertNotClaimed(theirs.fetchToken(PROCESSOR, 0, null));

        clock.advance(Duration.ofSeconds(2));
        theirs.fetchToken(PROCESSOR, 0, null).get();
        assertNotClaimed(ours.storeToken(new GlobalSequenceTrackingToken(3), PROCESSOR, 0, null));
        assertNotClaimed(ours.extendClaim(PROCESSOR, 0, null));
    }

    @Test
    void segments_are_made_once() {
        assertNotClaimed(theirs.initializeTokenSegments(PROCESSOR, 4, null, null));
    }

    @Test
    void a_processor_whose_past_was_rolled_back_stops() throws Exception {
        ours.fetchToken(PROCESSOR, 0, null).get();
        ours.storeToken(new GlobalSequenceTrackingToken(3), PROCESSOR, 0, null).get();

        // As after a failover to a server that never got the commit: another one has its place.
        mongo.database().getCollection("events").updateOne(eq(2L), set("cid", new BsonBinary(UUID.randomUUID())));

        assertThatThrownBy(() -> ours.fetchToken(PROCESSOR, 0, null).get())
                .hasCauseInstanceOf(LogRolledBack.class)
                .hasMessageContaining(PROCESSOR)
                .hasMessageContaining("position 2");
    }

    @Test
    void a_replay_that_begins_is_stored_as_where_it_is() throws Exception {
        ours.fetchToken(PROCESSOR, 0, null).get();
        ours.storeToken(new GlobalSequenceTrackingToken(3), PROCESSOR, 0, null).get();

        var replay = ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(3));
        ours.storeToken(replay, PROCESSOR, 0, null).get();

        assertThat(ours.fetchToken(PROCESSOR, 0, null).get()).isEqualTo(new GlobalSequenceTrackingToken(0));
    }
}
