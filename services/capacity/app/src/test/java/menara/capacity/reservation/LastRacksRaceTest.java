package menara.capacity.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Scenes;
import menara.capacity.commitments.Demand;
import menara.capacity.expiry.ExpiryTestAccess;
import menara.capacity.reservation.ReservationCommands.ChangeReservation;
import menara.capacity.reservation.ReservationCommands.ConfirmReservation;
import menara.capacity.reservation.ReservationCommands.HoldReservation;
import menara.capacity.reservation.ReservationCommands.ReleaseReservation;
import menara.capacity.reservation.ReservationCommands.RequestReservation;
import menara.capacity.reservation.ReservationCommands.WaitlistReservation;
import menara.capacity.waitlist.WaitlistTestAccess;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.testkit.Seeds;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.Power;
import menara.values.ReservationId;
import menara.values.TenantId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.RuleViolated;
import org.junit.jupiter.api.Test;

/** Two processes on one database, many callers, too few racks. */
class LastRacksRaceTest {

    private static final int ROUNDS = Integer.getInteger("menara.capacity.race.rounds", 3);
    private static final int CALLERS = 16;
    private static final int RESERVATIONS = 40;
    private static final int MINUTES = 12;
    private static final int STEPS = 160;

    @Test
    void callers_on_two_engines_never_get_more_than_there_is_and_hear_the_same_answer() throws Exception {
        long seed = Seeds.of(LastRacksRaceTest.class);
        var random = new SplittableRandom(seed);
        int confirmed = 0;
        int confirmedInHall = 0;
        int rejected = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (var server = EmbeddedMongoServer.inMemory();
                    var client = MongoClients.create(server.connectionString());
                    var first = new Instance(client.getDatabase("race"));
                    var second = new Instance(client.getDatabase("race"))) {
                var answers = race(List.of(first, second), random.split());
                confirmed += (int) answers.stream()
                        .filter(Reservation.Confirmed.class::isInstance)
                        .count();
                confirmedInHall += (int) answers.stream()
                        .filter(answer -> answer instanceof Reservation.Confirmed inHall
                                && inHall.terms().demand().hall() != null)
                        .count();
                rejected += (int) answers.stream()
                        .filter(Reservation.Rejected.class::isInstance)
                        .count();
            }
        }
        System.out.println("LastRacksRaceTest confirmed " + confirmed + ", rejected " + rejected);
        assertThat(confirmedInHall).isPositive().isLessThan(confirmed);
        assertThat(rejected).isPositive();
    }

    @Test
    void holds_changes_releases_waits_and_confirmations_at_once_on_two_engines_never_exceed_what_there_is()
            throws Exception {
        long seed = Seeds.of(LastRacksRaceTest.class);
        var random = new SplittableRandom(seed);
        int committed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (var server = EmbeddedMongoServer.inMemory();
                    var client = MongoClients.create(server.connectionString());
                    var first = new Instance(client.getDatabase("race"));
                    var second = new Instance(client.getDatabase("race"))) {
                committed += scramble(List.of(first, second), random.split());
            }
        }
        System.out.println("LastRacksRaceTest committed " + committed);
        assertThat(committed).isGreaterThan(ROUNDS);
    }

    /** @return how many commitments stand in the end */
    private static int scramble(List<Instance> instances, SplittableRandom random) throws Exception {
        var model = new BruteForceCampus(MINUTES);
        instances.getFirst().tell(layout(model));
        var requested = new ArrayList<ReservationId>();
        for (int i = 0; i < RESERVATIONS; i++) {
            var id = new ReservationId(new UUID(random.nextLong(), random.nextLong()));
            instances.get(i % 2).send(request(id, random));
            requested.add(id);
        }
        var calls = new ArrayList<Callable<Void>>();
        for (int i = 0; i < STEPS; i++) {
            var instance = instances.get(i % 2);
            var id = requested.get(random.nextInt(RESERVATIONS));
            var own = random.split();
            calls.add(() -> {
                step(instance, id, own);
                return null;
            });
        }
        try (var callers = Executors.newFixedThreadPool(CALLERS)) {
            for (var outcome : callers.invokeAll(calls)) {
                outcome.get();
            }
        }
        int committed = 0;
        for (var id : requested) {
            // Too early to expire: it only tells the state.
            var state = instances.get(random.nextInt(2)).send(ExpiryTestAccess.expire(id, Scenes.NOW.minusSeconds(1)));
            var reserved = switch (state) {
                case Reservation.Confirmed confirmed -> confirmed.reserved();
                case Reservation.Held held -> held.reserved();
                default -> null;
            };
            if (reserved != null) {
                var names = new HashSet<String>();
                reserved.racks().forEach(rack -> names.add(rack.value()));
                var period = state.asked().orElseThrow().period();
                model.commitment(id.toString(), names, minute(period.from()), minute(period.until()));
                committed++;
            }
        }
        assertThat(model.oversold()).isEmpty();
        return committed;
    }

    private static void step(Instance instance, ReservationId id, SplittableRandom random) {
        try {
            switch (random.nextInt(8)) {
                case 0, 1 -> instance.send(new ConfirmReservation(id, UUID.randomUUID(), Scenes.NOW));
                case 2 ->
                    instance.send(new HoldReservation(id, Scenes.NOW.plusSeconds(60), UUID.randomUUID(), Scenes.NOW));
                case 3 -> instance.send(ExpiryTestAccess.expire(id, Scenes.NOW.plusSeconds(60)));
                case 4 -> instance.send(new ReleaseReservation(id, UUID.randomUUID(), Scenes.NOW));
                case 5 -> instance.send(new WaitlistReservation(id, UUID.randomUUID(), Scenes.NOW));
                case 6 -> instance.send(WaitlistTestAccess.serve(Scenes.NOW), Integer.class);
                default ->
                    instance.send(new ChangeReservation(
                            id,
                            minute(1 + random.nextInt(MINUTES - 1)),
                            1 + random.nextInt(2),
                            List.of(),
                            List.of(),
                            UUID.randomUUID(),
                            Scenes.NOW));
            }
        } catch (CompletionException e) {
            assertThat(e)
                    .rootCause()
                    .as("refused by a rule, or not possible")
                    .isInstanceOfAny(RuleViolated.class, InvalidField.class);
        }
    }

    private static Collection<Reservation> race(List<Instance> instances, SplittableRandom random) throws Exception {
        var model = new BruteForceCampus(MINUTES);
        instances.getFirst().tell(layout(model));
        var requested = new ArrayList<ReservationId>();
        for (int i = 0; i < RESERVATIONS; i++) {
            var id = new ReservationId(new UUID(random.nextLong(), random.nextLong()));
            instances.get(i % 2).send(request(id, random));
            requested.add(id);
        }
        var answers = new ConcurrentHashMap<ReservationId, Reservation>();
        var calls = new ArrayList<Callable<Void>>();
        for (var id : requested) {
            for (var instance : instances) {
                calls.add(() -> {
                    var answer = instance.send(new ConfirmReservation(id, UUID.randomUUID(), Scenes.NOW));
                    var other = answers.putIfAbsent(id, answer);
                    assertThat(other == null || other.equals(answer))
                            .as("%s and %s", other, answer)
                            .isTrue();
                    return null;
                });
            }
        }
        try (var callers = Executors.newFixedThreadPool(CALLERS)) {
            for (var outcome : callers.invokeAll(calls)) {
                outcome.get();
            }
        }
        commitment(model, answers);
        assertThat(model.oversold()).isEmpty();
        return answers.values();
    }

    /** Two phases with three racks' power each, two halls in each with two racks, one watt a rack. */
    private static List<CampusEvent> layout(BruteForceCampus model) {
        var events = new ArrayList<CampusEvent>();
        for (var phase : List.of("p0", "p1")) {
            events.add(Scenes.phase(phase, Power.watts(100)));
            events.add(Scenes.released(phase, Power.watts(3), Scenes.NOW));
            model.release(phase, 3, 0);
            for (var hall : List.of("a-" + phase, "b-" + phase)) {
                events.add(Scenes.hall(hall, phase, Power.watts(2)));
                model.hall(hall, phase, 2);
                for (var rack : List.of(hall + "-1", hall + "-2")) {
                    events.add(Scenes.rack(rack, hall, phase, Power.watts(1)));
                    model.rack(rack, hall, 1);
                }
            }
        }
        return events;
    }

    private static RequestReservation request(ReservationId id, SplittableRandom random) {
        int from = random.nextInt(MINUTES - 1);
        int until = from + 1 + random.nextInt(MINUTES - from - 1);
        boolean inHall = random.nextBoolean();
        var hall = (random.nextBoolean() ? "a-p" : "b-p") + random.nextInt(2);
        var demand = new Demand(1 + random.nextInt(2), inHall ? new NodeId(hall) : null, List.of());
        return new RequestReservation(
                id,
                new ContractId(new UUID(0, 1)),
                new TenantId("t"),
                new Period(minute(from), minute(until)),
                demand,
                Scenes.NOW);
    }

    private static void commitment(BruteForceCampus model, Map<ReservationId, Reservation> answers) {
        answers.forEach((id, answer) -> {
            if (answer instanceof Reservation.Confirmed confirmed) {
                var names = new HashSet<String>();
                confirmed.reserved().racks().forEach(rack -> names.add(rack.value()));
                var period = confirmed.terms().period();
                model.commitment(id.toString(), names, minute(period.from()), minute(period.until()));
            }
        });
    }

    private static Instant minute(int minute) {
        return Scenes.NOW.plusSeconds(minute * 60L);
    }

    private static int minute(Instant instant) {
        return (int) ((instant.toEpochMilli() - Scenes.NOW.toEpochMilli()) / 60_000);
    }
}
