package menara.eventstore.mongodb;

import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static menara.eventstore.mongodb.TestEvents.event;
import static menara.eventstore.mongodb.TestEvents.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MongoParkingLotTest {

    private static final IllegalStateException ERROR =
            new IllegalStateException("no rate", new IllegalArgumentException("KRW"));

    @AutoClose
    private final TestDatabase mongo = new TestDatabase();

    private final TestClock clock = new TestClock();
    private final MongoParkingLot parking = parkingLot();

    private MongoParkingLot parkingLot() {
        return new MongoParkingLot(mongo.database(), "parked", CONVERTER, clock);
    }

    @Test
    void nothing_is_parked_at_first() {
        assertThat(parking.isParked("rating", "contract-1")).isFalse();
        assertThat(parking.count("rating")).isZero();
        assertThat(parking.list("rating", 10)).isEmpty();
        assertThat(parking.replay("rating", "contract-1", (_, _) -> {})).isZero();
    }

    @Test
    void a_parked_sequence_is_seen_with_its_error() {
        parking.park("rating", "contract-1", 7, event("a"), ERROR);

        assertThat(parking.isParked("rating", "contract-1")).isTrue();
        assertThat(parking.isParked("rating", "contract-2")).isFalse();
        assertThat(parking.isParked("invoicing", "contract-1")).isFalse();
        assertThat(parking.count("rating")).isOne();
        assertThat(parking.list("rating", 10)).singleElement().satisfies(sequence -> {
            assertThat(sequence.sequenceKey()).isEqualTo("contract-1");
            assertThat(sequence.positions()).containsExactly(7L);
            assertThat(sequence.error()).contains("no rate").contains("KRW");
            assertThat(sequence.attempts()).isOne();
            assertThat(sequence.since()).isEqualTo(clock.instant());
        });
    }

    @Test
    void events_are_replayed_in_order_and_unchanged_and_are_gone_then() {
        var first = event("a");
        parking.park("rating", "k", 7, first, ERROR);
        assertThat(parking.parkBehind("rating", "k", 12, event("c"))).isTrue();
        assertThat(parking.parkBehind("rating", "k", 9, event("b"))).isTrue();
        var replayed = new ArrayList<String>();

        int count = parking.replay("rating", "k", (event, position) -> {
            if (position == 7) {
                assertThat(event.identifier()).isEqualTo(first.identifier());
                assertThat(event.type()).isEqualTo(first.type());
                assertThat(event.metadata()).containsEntry("user", "nadia");
                assertThat(event.timestamp()).isEqualTo(first.timestamp());
            }
            replayed.add(position + payload(event));
        });

        assertThat(count).isEqualTo(3);
        assertThat(replayed).containsExactly("7a", "9b", "12c");
        assertThat(parking.isParked("rating", "k")).isFalse();
        assertThat(parking.parkBehind("rating", "k", 13, event("d"))).isFalse();
        assertThat(mongo.database().getCollection("parked").countDocuments()).isZero();
        assertThat(mongo.database().getCollection("parked_events").countDocuments())
                .isZero();
    }

    @Test
    void parking_the_same_event_after_a_crash_parks_it_once() {
        parking.park("rating", "k", 7, event("a"), ERROR);
        parkingLot().park("rating", "k", 7, event("a"), ERROR);

        assertThat(parking.count("rating")).isOne();
    }

    @Test
    void a_failing_replay_leaves_the_rest_where_it_is() {
        parking.park("rating", "k", 7, event("a"), ERROR);
        parking.parkBehind("rating", "k", 8, event("b"));
        parking.parkBehind("rating", "k", 9, event("c"));

        assertThatThrownBy(() -> parking.replay("rating", "k", (_, position) -> {
                    if (position == 8) {
                        throw new IllegalStateException("still no rate");
                    }
                }))
                .hasMessage("still no rate");

        assertThat(parking.list("rating", 10)).singleElement().satisfies(sequence -> {
            assertThat(sequence.positions()).containsExactly(8L, 9L);
            assertThat(sequence.error()).contains("still no rate");
            assertThat(sequence.attempts()).isEqualTo(2);
        });
        assertThat(parking.replay("rating", "k", (_, _) -> {})).isEqualTo(2);
    }

    @Test
    void an_event_that_arrives_during_the_replay_is_not_overtaken() {
        parking.park("rating", "k", 7, event("a"), ERROR);
        var replayed = new ArrayList<Long>();

        parking.replay("rating", "k", (_, position) -> {
            replayed.add(position);
            if (position == 7) {
                assertThat(parking.isParked("rating", "k")).isTrue();
                assertThat(parking.parkBehind("rating", "k", 8, event("b"))).isTrue();
            }
        });

        assertThat(replayed).containsExactly(7L, 8L);
    }

    @Test
    void a_second_replay_at_the_same_time_does_nothing() {
        parking.park("rating", "k", 7, event("a"), ERROR);

        parking.replay(
                "rating",
                "k",
                (_, _) -> assertThat(parkingLot().replay("rating", "k", (_, _) -> {}))
                        .isZero());

        assertThat(parking.count("rating")).isZero();
    }

    @Test
    void whoever_claims_a_segment_sees_what_its_former_owner_parked() {
        var next = parkingLot();
        assertThat(next.isParked("rating", "k")).isFalse();
        parking.park("rating", "k", 7, event("a"), ERROR);

        next.forgetCached("rating");

        assertThat(next.isParked("rating", "k")).isTrue();
    }

    @Test
    void a_sequence_replayed_elsewhere_is_free_again() {
        parking.park("rating", "k", 7, event("a"), ERROR);
        parkingLot().replay("rating", "k", (_, _) -> {});

        assertThat(parking.isParked("rating", "k")).isFalse();
    }

    /** The processor's side and replays race: each event is handled once, in order. */
    @Test
    void racing_replays_and_arrivals_keep_the_order() throws InterruptedException, ExecutionException {
        int events = 400;
        List<Long> handled = Collections.synchronizedList(new ArrayList<>());
        try (var pool = Executors.newFixedThreadPool(3)) {
            var arrivals = pool.submit(() -> {
                for (long position = 0; position < events; position++) {
                    var event = event("e" + position);
                    if (position % 50 == 0 && !parking.isParked("p", "k")) {
                        parking.park("p", "k", position, event, ERROR);
                    } else if (!parking.isParked("p", "k") || !parking.parkBehind("p", "k", position, event)) {
                        handled.add(position);
                    }
                }
            });
            var replays = new ArrayList<Future<?>>();
            for (int i = 0; i < 2; i++) {
                var lot = parkingLot();
                replays.add(pool.submit(() -> {
                    while (!arrivals.isDone()) {
                        lot.replay("p", "k", (_, position) -> handled.add(position));
                    }
                }));
            }
            arrivals.get();
            for (var replay : replays) {
                replay.get();
            }
        }
        parking.replay("p", "k", (_, position) -> handled.add(position));

        assertThat(handled).hasSize(events).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_processor_name_that_could_be_confused_is_refused() {
        assertThatThrownBy(() -> parking.park("a/b", "k", 1, event("a"), ERROR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a/b");
    }
}
