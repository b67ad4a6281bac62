package menara.eventstore.mongodb.snapshots;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.TestDatabase;
import menara.eventstore.mongodb.TestEvents;
import menara.eventstore.mongodb.snapshots.MongoSnapshots.Snapshot;
import org.bson.Document;
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
        return new Snapshot(position, 100, state.getBytes(UTF_8));
    }

    @Test
    void a_saved_snapshot_is_loaded_with_its_position() {
        assertThat(snapshots.find("Envelope", "phase-1", "1")).isEmpty();
        assertThat(snapshots.keep("Envelope", "phase-1", "1", snapshot(2, "two")))
                .isTrue();

        assertThat(snapshots.find("Envelope", "phase-1", "1")).hasValueSatisfying(found -> {
            assertThat(found.position()).isEqualTo(2);
            assertThat(found.eventBytes()).isEqualTo(100);
            assertThat(found.state()).asString(UTF_8).isEqualTo("two");
        });
        assertThat(snapshots.find("Envelope", "phase-2", "1")).isEmpty();
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
    void another_revision_does_not_find_it_and_takes_its_place() {
        snapshots.keep("Envelope", "phase-1", "1", snapshot(3, "three"));

        assertThat(snapshots.find("Envelope", "phase-1", "2")).isEmpty();
        assertThat(snapshots.keep("Envelope", "phase-1", "2", snapshot(2, "otherwise")))
                .isTrue();

        assertThat(snapshots.find("Envelope", "phase-1", "2"))
                .map(Snapshot::position)
                .hasValue(2L);
        assertThat(snapshots.find("Envelope", "phase-1", "1")).isEmpty();
        assertThat(mongo.database().getCollection("snapshots").countDocuments()).isOne();
    }

    @Test
    void a_snapshot_behind_a_commit_that_is_gone_is_not_used_and_makes_room() {
        snapshots.keep("Envelope", "phase-1", "1", snapshot(3, "three"));
        mongo.database().getCollection("events").deleteOne(Filters.eq(2L));

        assertThat(snapshots.find("Envelope", "phase-1", "1")).isEmpty();
        assertThat(snapshots.keep("Envelope", "phase-1", "1", snapshot(2, "two")))
                .isTrue();
    }

    @Test
    void a_snapshot_behind_another_commit_than_stands_there_now_is_not_used() {
        snapshots.keep("Envelope", "phase-1", "1", snapshot(3, "three"));
        mongo.database()
                .getCollection("snapshots")
                .updateOne(new Document(), Updates.set("cid", UUID.randomUUID().toString()));

        assertThat(snapshots.find("Envelope", "phase-1", "1")).isEmpty();
    }

    @Test
    void a_state_that_is_too_large_is_not_kept() {
        assertThat(snapshots.keep(
                        "Envelope", "phase-1", "1", new Snapshot(3, 0, new byte[MongoSnapshots.MAX_STATE_BYTES + 1])))
                .isFalse();
    }

    @Test
    void the_largest_state_is_kept() {
        assertThat(snapshots.keep(
                        "Envelope", "phase-1", "1", new Snapshot(3, 0, new byte[MongoSnapshots.MAX_STATE_BYTES])))
                .isTrue();
    }

    @Test
    void a_deleted_snapshot_is_gone() {
        snapshots.keep("Envelope", "phase-1", "1", snapshot(3, "three"));
        snapshots.delete("Envelope", "phase-1");

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
