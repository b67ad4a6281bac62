package menara.eventstore.mongodb.processing;

import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.FaultyProxy;
import menara.eventstore.mongodb.FaultyProxy.Fault;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.TestClock;
import menara.eventstore.mongodb.TestEvents;
import org.axonframework.messaging.core.EmptyApplicationContext;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.core.unitofwork.SimpleUnitOfWorkFactory;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.MergedTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whoever makes, splits or merges segments dies after each of its writes in turn: each event has one segment all the same. */
class SegmentsKillTest {

    private static final Set<String> WRITES = Set.of("update", "findAndModify", "insert", "delete");
    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);
    private static final int MORE_WRITES_THAN_THERE_ARE = 8;
    private static final int HASHES = 64;
    private static final String PROCESSOR = "projection";
    private static final Segment[] HALVES = Segment.ROOT_SEGMENT.split();

    @AutoClose
    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();

    @AutoClose
    private final FaultyProxy proxy = new FaultyProxy(server.port());

    @AutoClose
    private final MongoClient mortal = MongoClients.create(proxy.connectionString());

    @AutoClose
    private final MongoClient direct = MongoClients.create(server.connectionString());

    @AutoClose
    private final MongoEventStorageEngine engine = MongoEventStorageEngine.builder(direct.getDatabase("log"), CONVERTER)
            .open();

    private final TestClock clock = new TestClock();

    SegmentsKillTest() throws IOException {}

    private MongoTokenStore store(MongoClient through, String database, String owner) {
        return new MongoTokenStore(through.getDatabase(database), "tokens", engine, owner, CLAIM_TIMEOUT, clock);
    }

    @FunctionalInterface
    private interface Work {
        CompletableFuture<?> on(MongoTokenStore store, ProcessingContext context);
    }

    private static void inUnitOfWork(MongoTokenStore store, Work work) {
        new SimpleUnitOfWorkFactory(EmptyApplicationContext.INSTANCE)
                .create()
                .executeWithResult(context -> work.on(store, context).thenApply(_ -> "done"))
                .join();
    }

    /** @return whether it lived to the end of it */
    private boolean doAndDieAfter(int writes, String database, Work work) {
        var dying = store(mortal, database, "dying");
        var left = new AtomicInteger(writes);
        proxy.inject(command -> WRITES.contains(command) && left.getAndDecrement() <= 0 ? Fault.LOST_BEFORE : null);
        try {
            inUnitOfWork(dying, work);
            return true;
        } catch (CompletionException e) {
            return false;
        } finally {
            proxy.inject(_ -> null);
            clock.advance(CLAIM_TIMEOUT.plusSeconds(1));
        }
    }

    private List<TrackingToken> tokens(String database) {
        var heir = store(direct, database, "heir");
        var segments = heir.fetchAvailableSegments(PROCESSOR, null).join();
        for (int hash = 0; hash < HASHES; hash++) {
            int each = hash;
            assertThat(segments)
                    .filteredOn(segment -> segment.matches(each))
                    .as("segments of %d", each)
                    .hasSize(1);
        }
        var tokens = new ArrayList<TrackingToken>();
        segments.forEach(segment -> tokens.add(
                heir.fetchToken(PROCESSOR, segment.getSegmentId(), null).join()));
        return tokens;
    }

    private static TrackingToken at(long position) {
        return new GlobalSequenceTrackingToken(position);
    }

    @Test
    void segments_that_are_made_for_the_first_time() {
        for (int writes = 1; writes < MORE_WRITES_THAN_THERE_ARE; writes++) {
            var database = "first_" + writes;
            boolean lived = doAndDieAfter(
                    writes, database, (store, context) -> store.initializeTokenSegments(PROCESSOR, 4, at(0), context));

            var tokens = tokens(database);
            assertThat(tokens).containsOnly(at(0)).hasSizeBetween(lived ? 4 : 1, 4);
        }
    }

    /** As Axon does it: in one unit of work the old one is taken away, both halves are added, and both are released. */
    @Test
    void a_segment_that_is_split() {
        for (int writes = 0; writes < MORE_WRITES_THAN_THERE_ARE; writes++) {
            var database = "split_" + writes;
            store(direct, database, "first")
                    .initializeTokenSegments(PROCESSOR, 1, at(0), null)
                    .join();
            store(mortal, database, "dying").fetchToken(PROCESSOR, 0, null).join();

            boolean lived = doAndDieAfter(
                    writes,
                    database,
                    (store, context) -> store.deleteToken(PROCESSOR, 0, context)
                            .thenCompose(_ -> store.initializeSegment(at(0), PROCESSOR, HALVES[0], context))
                            .thenCompose(_ -> store.initializeSegment(at(0), PROCESSOR, HALVES[1], context))
                            .thenCompose(_ -> store.releaseClaim(PROCESSOR, 0, context))
                            .thenCompose(_ -> store.releaseClaim(PROCESSOR, 1, context)));

            var tokens = tokens(database);
            assertThat(tokens).containsOnly(at(0)).hasSizeBetween(lived ? 2 : 1, 2);
        }
    }

    @Test
    void segments_that_are_merged_go_on_where_the_slower_one_was() throws Exception {
        for (int i = 0; i < 5; i++) {
            TestEvents.append(engine, TestEvents.tagged("event " + i));
        }
        for (int writes = 0; writes < MORE_WRITES_THAN_THERE_ARE; writes++) {
            var database = "merge_" + writes;
            var before = store(mortal, database, "dying");
            before.initializeTokenSegments(PROCESSOR, 2, at(0), null).join();
            before.fetchToken(PROCESSOR, 0, null).join();
            before.fetchToken(PROCESSOR, 1, null).join();
            before.storeToken(at(5), PROCESSOR, 0, null).join();
            before.storeToken(at(3), PROCESSOR, 1, null).join();
            var merged = HALVES[0].mergedWith(HALVES[1]);

            boolean lived = doAndDieAfter(
                    writes,
                    database,
                    (store, context) -> store.deleteToken(PROCESSOR, 0, context)
                            .thenCompose(_ -> store.deleteToken(PROCESSOR, 1, context))
                            .thenCompose(_ -> store.initializeSegment(
                                    MergedTrackingToken.merged(at(5), at(3)), PROCESSOR, merged, context))
                            .thenCompose(_ -> store.releaseClaim(PROCESSOR, 0, context)));

            var tokens = tokens(database);
            if (lived || tokens.size() == 1) {
                assertThat(tokens).containsExactly(at(3));
            } else {
                assertThat(tokens).containsExactlyInAnyOrder(at(5), at(3));
            }
        }
    }
}
