package menara.eventstore.mongodb.processing;

import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static menara.eventstore.mongodb.TestEvents.event;
import static menara.eventstore.mongodb.TestEvents.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import menara.eventstore.mongodb.TestClock;
import menara.eventstore.mongodb.TestDatabase;
import menara.eventstore.mongodb.processing.MongoParkingLot.Parked;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MongoParkingLotTest {

    private static final Optional<String> ERROR = Optional.of("no rate for KRW");

    @AutoClose
    private final TestDatabase mongo = new TestDatabase();

    private final TestClock clock = new TestClock();
    private final MongoParkingLot parking = parkingLot();

    private MongoParkingLot parkingLot() {
        return new MongoParkingLot(mongo.database(), "parked", CONVERTER, clock);
    }

    private static List<String> payloads(List<Parked> parked) {
        return parked.stream().map(each -> payload(each.event())).toList();
    }

    @Test
    void nothing_is_parked_at_first() {
        assertThat(parking.isParked("rating", "contract-1")).isFalse();
        assertThat(parking.count("rating")).isZero();
        assertThat(parking.list("rating")).isEmpty();
        assertThat(parking.replay("rating", "contract-1", _ -> {})).isZero();
    }

    @Test
    void a_parked_event_is_seen_with_its_error() {
        parking.park("rating", "contract-1", event("a"), ERROR, Optional.empty());

        assertThat(parking.isParked("rating", "contract-1")).isTrue();
        assertThat(parking.isParked("rating", "contract-2")).isFalse();
        assertThat(parking.isParked("invoicing", "contract-1")).isFalse();
        assertThat(parking.count("rating")).isOne();
        assertThat(parking.list("rating")).singleElement().satisfies(parked -> {
            assertThat(parked.sequence()).isEqualTo("contract-1");
            assertThat(parked.error()).isEqualTo(ERROR);
            assertThat(parked.parkedAt()).isEqualTo(clock.instant());
        });
    }

    @Test
    void events_are_replayed_in_order_and_unchanged_and_are_gone_then() {
        var first = event("a");
        parking.park("rating", "k", first, ERROR, Optional.empty());
        assertThat(parking.parkBehind("rating", "k", event("b"))).isTrue();
        parking.park("rating", "k", event("c"), Optional.empty(), Optional.empty());
        var replayed = new ArrayList<Parked>();

        assertThat(parking.replay("rating", "k", replayed::add)).isEqualTo(3);

        assertThat(payloads(replayed)).containsExactly("a", "b", "c");
        var event = replayed.getFirst().event();
        assertThat(event.identifier()).isEqualTo(first.identifier());
        assertThat(event.type()).isEqualTo(first.type());
        assertThat(event.metadata()).isEqualTo(first.metadata());
        assertThat(event.timestamp()).isEqualTo(first.timestamp());
        assertThat(parking.isParked("rating", "k")).isFalse();
        assertThat(parking.parkBehind("rating", "k", event("d"))).isFalse();
        assertThat(mongo.database().getCollection("parked").countDocuments()).isZero();
        assertThat(mongo.database().getCollection("parked_events").countDocuments())
                .isZero();
    }

    @Test
    void an_event_that_is_delivered_again_after_a_crash_is_parked_once_and_keeps_its_error() {
        var event = event("a");
        parking.park("rating", "k", event, ERROR, Optional.empty());
        parkingLot().park("rating", "k", event, Optional.empty(), Optional.empty());

        assertThat(parking.list("rating"))
                .singleElement()
                .satisfies(parked -> assertThat(parked.error()).isEqualTo(ERROR));
    }

    /** One that has lost its claim and does not know it yet, and its successor. */
    @Test
    void what_another_one_parks_at_the_same_moment_is_not_taken_away() {
        var event = event("a");
        var settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.connectionString()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent command) {
                        if (command.getCommandName().equals("delete")) {
                            parking.park("rating", "k", event, ERROR, Optional.empty());
                        }
                    }
                })
                .build();
        try (var client = MongoClients.create(settings)) {
            var overtaken =
                    new MongoParkingLot(client.getDatabase(mongo.database().getName()), "parked", CONVERTER, clock);
            assertThat(overtaken.parkBehind("rating", "k", event)).isFalse();
        }

        assertThat(payloads(parking.list("rating"))).containsExactly("a");
    }

    @Test
    void a_failing_replay_leaves_the_rest_where_it_is() {
        parking.park("rating", "k", event("a"), ERROR, Optional.empty());
        parking.parkBehind("rating", "k", event("b"));
        parking.parkBehind("rating", "k", event("c"));

        assertThatThrownBy(() -> parking.replay("rating", "k", parked -> {
                    if (payload(parked.event()).equals("b")) {
                        throw new IllegalStateException("still no rate");
                    }
                }))
                .hasMessage("still no rate");

        assertThat(payloads(parking.list("rating"))).containsExactly("b", "c");
        assertThat(parking.replay("rating", "k", _ -> {})).isEqualTo(2);
    }

    @Test
    void an_event_that_arrives_during_the_replay_is_not_overtaken() {
        parking.park("rating", "k", event("a"), ERROR, Optional.empty());
        var replayed = new ArrayList<Parked>();

        parking.replay("rating", "k", parked -> {
            replayed.add(parked);
            if (payload(parked.event()).equals("a")) {
                assertThat(parking.isParked("rating", "k")).isTrue();
                assertThat(parking.parkBehind("rating", "k", event("b"))).isTrue();
            }
        });

        assertThat(payloads(replayed)).containsExactly("a", "b");
    }

    @Test
    void a_second_replay_at_the_same_time_does_nothing() {
        parking.park("rating", "k", event("a"), ERROR, Optional.empty());

        parking.replay(
                "rating",
                "k",
                _ -> assertThat(parkingLot().replay("rating", "k", _ -> {})).isZero());

        assertThat(parking.count("rating")).isZero();
    }

    @Test
    void a_sequence_whose_replay_died_can_be_replayed_again() {
        parking.park("rating", "k", event("a"), ERROR, Optional.empty());
        mongo.database()
                .getCollection("parked")
                .updateOne(
                        Filters.eq("rating/k"),
                        Updates.combine(
                                Updates.set("claim", "dead"),
                                Updates.set(
                                        "claimedUntil",
                                        Date.from(clock.instant().plusSeconds(60)))));

        assertThat(parking.replay("rating", "k", _ -> {})).isZero();
        clock.advance(Duration.ofSeconds(60));
        assertThat(parking.replay("rating", "k", _ -> {})).isOne();
    }

    /** The processor was reset while the replay hung: it meets the event again and parks it again. */
    @Test
    void a_replay_that_hung_beyond_its_time_takes_nothing_away_that_was_parked_since() {
        var event = event("a");
        parking.park("rating", "k", event, ERROR, Optional.empty());

        var handled = new ArrayList<Parked>();

        assertThatThrownBy(() -> parking.replay("rating", "k", parked -> {
                    handled.add(parked);
                    if (handled.size() == 1) {
                        clock.advance(Duration.ofMinutes(6));
                        assertThat(parkingLot().replay("rating", "k", _ -> {})).isOne();
                        parkingLot().park("rating", "k", event, ERROR, Optional.empty());
                    } else {
                        throw new IllegalStateException("still no rate");
                    }
                }))
                .hasMessage("still no rate");

        assertThat(payloads(parking.list("rating"))).containsExactly("a");
    }

    @Test
    void an_event_that_is_parked_again_while_it_is_replayed_is_replayed_once_more() {
        var event = event("a");
        parking.park("rating", "k", event, ERROR, Optional.empty());

        parking.replay("rating", "k", _ -> parkingLot().park("rating", "k", event, ERROR, Optional.empty()));

        assertThat(payloads(parking.list("rating"))).containsExactly("a");
        assertThat(parking.replay("rating", "k", _ -> {}))
                .as("the other replay still has its time")
                .isZero();
        clock.advance(Duration.ofMinutes(6));
        assertThat(parking.replay("rating", "k", _ -> {})).isOne();
        assertThat(parking.count("rating")).isZero();
    }

    @Test
    void an_event_that_is_parked_again_when_its_replay_has_taken_it_and_not_its_place_keeps_its_place() {
        var event = event("a");
        parking.park("rating", "k", event, ERROR, Optional.empty());
        var settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.connectionString()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandSucceeded(CommandSucceededEvent command) {
                        if (command.getCommandName().equals("delete")) {
                            parking.park("rating", "k", event, ERROR, Optional.empty());
                        }
                    }
                })
                .build();
        try (var client = MongoClients.create(settings)) {
            var overtaken =
                    new MongoParkingLot(client.getDatabase(mongo.database().getName()), "parked", CONVERTER, clock);
            assertThat(overtaken.replay("rating", "k", _ -> {})).isOne();
        }

        assertThat(payloads(parking.list("rating"))).containsExactly("a");
    }

    @Test
    void whoever_claims_a_segment_sees_what_its_former_owner_parked() {
        var next = parkingLot();
        assertThat(next.isParked("rating", "k")).isFalse();
        parking.park("rating", "k", event("a"), ERROR, Optional.empty());

        next.forgetCached("rating");

        assertThat(next.isParked("rating", "k")).isTrue();
    }

    @Test
    void a_sequence_replayed_elsewhere_is_free_again() {
        parking.park("rating", "k", event("a"), ERROR, Optional.empty());
        parkingLot().replay("rating", "k", _ -> {});

        assertThat(parking.isParked("rating", "k")).isFalse();
    }

    /** The processor's side and replays race: each event is handled once, in order. */
    @Test
    void racing_replays_and_arrivals_keep_the_order() throws InterruptedException, ExecutionException {
        int events = 400;
        List<Integer> handled = Collections.synchronizedList(new ArrayList<>());
        Consumer<Parked> replay = parked -> handled.add(Integer.parseInt(payload(parked.event())));
        try (var pool = Executors.newFixedThreadPool(3)) {
            var arrivals = pool.submit(() -> {
                for (int i = 0; i < events; i++) {
                    var event = event(Integer.toString(i));
                    if (parking.isParked("p", "k") && parking.parkBehind("p", "k", event)) {
                        continue;
                    }
                    if (i % 10 == 0) {
                        parking.park("p", "k", event, ERROR, Optional.empty());
                    } else {
                        handled.add(i);
                    }
                }
            });
            var replays = new ArrayList<Future<?>>();
            for (int i = 0; i < 2; i++) {
                var lot = parkingLot();
                replays.add(pool.submit(() -> {
                    while (!arrivals.isDone()) {
                        lot.replay("p", "k", replay);
                    }
                }));
            }
            arrivals.get();
            for (var each : replays) {
                each.get();
            }
        }
        parking.replay("p", "k", replay);

        assertThat(handled).hasSize(events).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_sequence_is_due_after_a_pause_that_doubles_with_each_failure_up_to_a_limit() {
        parking.park("rating", "k", event("a"), ERROR, Optional.empty());
        var pauses = new ArrayList<Duration>();
        for (int failure = 0; failure < 14; failure++) {
            var waiting = parking.waiting().getFirst();
            pauses.add(Duration.between(clock.instant(), waiting.nextTry()));
            clock.advance(pauses.getLast());
            parking.failed(waiting, "still no rate", Optional.empty());
        }

        assertThat(pauses).startsWith(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
        assertThat(pauses).isSorted().endsWith(MongoParkingLot.MAX_WAIT, MongoParkingLot.MAX_WAIT);
        assertThat(parking.list("rating").getFirst().error()).contains("still no rate");
    }

    @Test
    void a_success_makes_the_pauses_short_again() {
        parking.park("rating", "k", event("a"), ERROR, Optional.empty());
        parking.parkBehind("rating", "k", event("b"));
        for (int failure = 0; failure < 5; failure++) {
            parking.failed(parking.waiting().getFirst(), "still no rate", Optional.empty());
        }
        assertThatThrownBy(() -> parking.replay("rating", "k", parked -> {
                    if (payload(parked.event()).equals("b")) {
                        throw new IllegalStateException("b too");
                    }
                }))
                .hasMessage("b too");
        parking.failed(parking.waiting().getFirst(), "b too", Optional.empty());

        assertThat(parking.waiting().getFirst().nextTry())
                .isEqualTo(clock.instant().plusSeconds(10));
    }

    @Test
    void what_a_sequence_waits_for_is_known_until_it_fails_of_something_else() {
        var contract = new MongoParkingLot.Awaited("contracts", "7");
        parking.park("rating", "k", event("a"), ERROR, Optional.of(contract));
        assertThat(parking.waiting().getFirst().awaited()).contains(contract);

        parking.failed(parking.waiting().getFirst(), "no rate", Optional.empty());

        assertThat(parking.waiting().getFirst().awaited()).isEmpty();
    }

    @Test
    void a_full_sequence_takes_no_more_and_keeps_its_order_until_there_is_room() {
        parking.park("rating", "k", event("first"), ERROR, Optional.empty());
        var ids = new ArrayList<String>();
        for (int i = 1; i < MongoParkingLot.MAX_PARKED; i++) {
            ids.add("event " + i);
        }
        mongo.database().getCollection("parked").updateOne(Filters.eq("rating/k"), Updates.pushEach("events", ids));
        var last = event("last");

        assertThatThrownBy(() -> parking.parkBehind("rating", "k", last)).isInstanceOf(ParkingFull.class);
        assertThatThrownBy(() -> parking.parkBehind("rating", "k", last)).isInstanceOf(ParkingFull.class);
        mongo.database().getCollection("parked").updateOne(Filters.eq("rating/k"), Updates.pullAll("events", ids));
        assertThat(parking.parkBehind("rating", "k", last)).isTrue();

        assertThat(payloads(parking.list("rating"))).containsExactly("first", "last");
    }

    @Test
    void a_processor_name_that_could_be_confused_is_refused() {
        assertThatThrownBy(() -> parking.park("a/b", "k", event("a"), ERROR, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a/b");
    }
}
