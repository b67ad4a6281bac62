package menara.eventstore.spring.state;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import menara.eventstore.mongodb.Limits;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to snapshots, a state is what its events say; and where all is well, most of them are not read again. */
class StateSnapshotsTest extends CountingTest {

    @Test
    void a_second_start_reads_only_what_came_behind_the_snapshot() {
        countTwenty("a");

        try (var second = start()) {
            assertThat(second.load("a")).isEqualTo(counted(0, 20));
            assertThat(second.eventsRead()).isEqualTo(5);
        }
    }

    @Test
    void a_state_without_a_form_is_folded_from_its_first_event_on() {
        countTwenty("a");

        try (var second = new CountingInstance(database, CountingInstance.COUNTERS, LIMITS, Limits.DEFAULT)) {
            assertThat(second.load("a")).isEqualTo(counted(0, 20));
            assertThat(second.eventsRead()).isEqualTo(20);
        }
    }

    @Test
    void a_snapshot_is_made_after_so_many_events_and_again_after_so_many_more() {
        try (var instance = start()) {
            instance.add("a", 0, KEEP_AFTER - 1);
            instance.load("a");
            instance.add("a", 9, 1);
            instance.load("a");
            awaitKept("a", KEEP_AFTER);

            instance.add("a", 10, KEEP_AFTER - 1);
            instance.load("a");
            instance.add("a", 19, 1);
            instance.load("a");
            awaitKept("a", 2 * KEEP_AFTER);
        }
    }

    static Stream<Named<Bson>> damages() {
        return Stream.of(
                Named.of("no bytes", set("state", new Binary(new byte[0]))),
                Named.of("strange bytes", set("state", new Binary(new byte[CounterForm.BYTES + 1]))),
                Named.of("no state", unset("state")),
                Named.of("no position", unset("position")),
                Named.of("no commit", unset("cid")),
                Named.of("text for a number", set("position", "fifteen")),
                Named.of("of another log", set("cid", UUID.randomUUID().toString())),
                Named.of("behind the end of the log", set("commit", 1_000L)),
                Named.of("of an older revision", set("revision", "0")),
                Named.of("of a newer revision", set("revision", "2")));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void a_snapshot_that_cannot_be_used_changes_no_state_and_is_made_anew(Bson damage) {
        countTwenty("a");
        database.getCollection("snapshots").updateOne(eq("Counter/a"), damage);

        try (var second = start()) {
            assertThat(second.load("a")).isEqualTo(counted(0, 20));
            assertThat(second.eventsRead()).isEqualTo(20);
            awaitKept("a", 20);
        }
        try (var third = start()) {
            assertThat(third.load("a")).isEqualTo(counted(0, 20));
            assertThat(third.eventsRead()).isZero();
        }
    }

    @Test
    void that_snapshots_cannot_be_read_is_said_once() {
        countTwenty("a");
        countTwenty("b");
        database.getCollection("snapshots").updateMany(new Document(), set("state", new Binary(new byte[0])));

        try (var second = start()) {
            second.load("a");
            second.load("b");
        }

        assertThat(said.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).contains("cannot read", "Counter"));
    }

    @Test
    void a_snapshot_of_a_log_that_went_back_and_on_again_is_not_used() {
        countTwenty("a");
        database.getCollection("events").deleteMany(gte("_id", 0L));
        try (var second = start()) {
            second.add("a", 100, 18);
        }

        try (var third = start()) {
            assertThat(third.load("a")).isEqualTo(counted(100, 18));
        }
    }
}
