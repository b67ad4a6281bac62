package menara.eventstore.mongodb.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.TestDatabase;
import menara.eventstore.mongodb.TestEvents;
import menara.eventstore.mongodb.read.MongoSnapshots.Snapshot;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MongoSnapshotsTest {

    @AutoClose
    private final TestDatabase mongo = new TestDatabase();

    @AutoClose
    private final MongoEventStorageEngine engine = MongoEventStorageEngine.builder(
                    mongo.database(), TestEvents.CONVERTER)
            .open();

    private final MongoSnapshots snapshots = new MongoSnapshots(mongo.database(), "snapshots", engine);

    @BeforeEach
    void threeEvents() throws ExecutionException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            TestEvents.append(engine, TestEvents.tagged("{}"));
        }
    }

    private static Snapshot snapshot(long position, String state) {
        return new Snapshot(position, state.getBytes(UTF_8));
    }

    @Test
    void a_saved_snapshot_is_loaded_with_its_position() {
        assertThat(snapshots.find("Envelope", "phase-1", "1")).isEmpty();
        assertThat(snapshots.keep("Envelope", "phase-1", "1", snapshot(2, "two")))
                .isTrue();

        assertThat(snapshots.find("Envelope", "phase-1", "1")).hasValueSatisfying(found -> {
            assertThat(found.position()).isEqualTo(2);
            assertThat(found.state()).asString(UTF_8).isEqualTo("two");
        });
    }

    @Test
    void a_newer_snapshot_replaces_an_older_one_and_never_the_other_way() {
        snapshots.keep("Envelope", "phase-1", "1", snapshot(2, "two"));
        assertThat(snapshots.keep("Envelope", "phase-1", "1", snapshot(3, "three")))
                .isTrue();
        assertThat(snapshots.keep("Envelope", "phase-1", "1", snapshot(1, "one")))
                .isFalse();

        assertThat(snapshots.find("Envelope", "phase-1", "1"))
                .map(Snapshot::position)
                .hasValue(3L);
    }

    @Test
    void another_revision_does_not_find_it() {
        snapshots.keep("Envelope", "phase-1", "1", snapshot(2, "two"));

        assertThat(snapshots.find("Envelope", "phase-1", "2")).isEmpty();
        assertThat(snapshots.find("Envelope", "phase-2", "1")).isEmpty();
    }

    @Test
    void a_snapshot_behind_a_commit_that_is_gone_is_not_used() {
        snapshots.keep("Envelope", "phase-1", "1", snapshot(3, "three"));
        mongo.database().getCollection("events").deleteOne(Filters.eq(2L));

        assertThat(snapshots.find("Envelope", "phase-1", "1")).isEmpty();
    }

    @Test
    void a_state_that_is_too_large_is_not_kept() {
        assertThat(snapshots.keep(
                        "Envelope", "phase-1", "1", new Snapshot(3, new byte[MongoSnapshots.MAX_STATE_BYTES + 1])))
                .isFalse();
    }

    @Test
    void a_deleted_snapshot_is_gone() {
        snapshots.keep("Envelope", "phase-1", "1", snapshot(3, "three"));
        snapshots.delete("Envelope", "phase-1", "1");

        assertThat(snapshots.find("Envelope", "phase-1", "1")).isEmpty();
    }

    @Test
    void of_many_who_save_at_once_the_newest_wins() {
        for (int round = 0; round < 20; round++) {
            var id = "round-" + round;
            try (var pool = Executors.newFixedThreadPool(3)) {
                for (long position = 1; position <= 3; position++) {
                    var snapshot = snapshot(position, "at " + position);
                    pool.submit(() -> snapshots.keep("Envelope", id, "1", snapshot));
                }
            }
            assertThat(snapshots.find("Envelope", id, "1"))
                    .map(Snapshot::position)
                    .hasValue(3L);
        }
    }
}
