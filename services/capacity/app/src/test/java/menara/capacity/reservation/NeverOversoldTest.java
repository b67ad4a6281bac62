package menara.capacity.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Scenes;
import menara.capacity.campus.ThroughSnapshots;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.contractend.ContractEndTestAccess;
import menara.capacity.expiry.ExpiryTestAccess;
import menara.capacity.layout.NodeKind;
import menara.capacity.ledger.Ledger;
import menara.capacity.ledger.Ledgers;
import menara.capacity.reservation.ReservationCommands.ActivateReservation;
import menara.capacity.reservation.ReservationCommands.ChangeReservation;
import menara.capacity.reservation.ReservationCommands.ConfirmReservation;
import menara.capacity.reservation.ReservationCommands.EndReservation;
import menara.capacity.reservation.ReservationCommands.HoldReservation;
import menara.capacity.reservation.ReservationCommands.ReleaseReservation;
import menara.capacity.reservation.ReservationCommands.RequestReservation;
import menara.testkit.Seeds;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.RuleViolated;
import org.junit.jupiter.api.Test;

/** Random histories of small campuses, each decision and each state compared with a model that tries everything. */
class NeverOversoldTest {

    private static final int HISTORIES = Integer.getInteger("menara.capacity.histories", 800);
    private static final int STEPS = 14;
    private static final int MINUTES = 16;

    @Test
    void random_histories_never_commit_more_than_there_is_and_never_refuse_what_fits() {
        long seed = Seeds.of(NeverOversoldTest.class);
        System.out.println("NeverOversoldTest: " + HISTORIES + " histories");
        var random = new SplittableRandom(seed);
        int confirmations = 0;
        int refused = 0;
        int changes = 0;
        int cuts = 0;
        for (int i = 0; i < HISTORIES; i++) {
            long historySeed = random.nextLong();
            var history = new History(new SplittableRandom(historySeed), "history " + historySeed);
            history.play();
            confirmations += history.confirmations;
            refused += history.refused;
            changes += history.changes;
            cuts += history.cuts;
        }
        System.out.println("NeverOversoldTest confirmations " + confirmations + ", refused " + refused + ", changed "
                + changes + ", cut " + cuts);
        assertThat(confirmations).isGreaterThan(HISTORIES);
        assertThat(refused).isGreaterThan(HISTORIES);
        assertThat(changes).isGreaterThan(HISTORIES / 20);
        assertThat(cuts).isGreaterThan(HISTORIES / 20);
    }

    private static final class History {

        private final SplittableRandom random;
        private final String name;
        private final BruteForceCampus model = new BruteForceCampus(MINUTES);
        private final Map<ReservationId, Reservation> reservations = new LinkedHashMap<>();
        private final Map<String, String> hallPhases = new LinkedHashMap<>();
        private final ThroughSnapshots<Campus> campuses;
        private final ThroughSnapshots<Ledger> ledgers;
        private Campus campus = Campus.EMPTY;
        /** Whether racks hang on nodes whose racks overlap without one reserved the other's. */
        private boolean crossing;

        private int confirmations;
        private int refused;
        private int changes;
        private int cuts;

        History(SplittableRandom random, String name) {
            this.random = random;
            this.name = name;
            this.campuses = ThroughSnapshots.ofCampus(random.split());
            this.ledgers = Ledgers.throughSnapshots(random.split());
        }

        void play() {
            build();
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(13)) {
                    case 0 -> release("p" + random.nextInt(2));
                    case 1, 2 -> end();
                    case 3 -> retry();
                    case 4 -> giveUp();
                    case 5, 6 -> change();
                    case 7 -> derate();
                    case 8 -> contractEnds();
                    default -> reserve();
                }
                assertThat(model.oversold()).as(name).isEmpty();
            }
            campuses.check(name);
            ledgers.check(name);
        }

        private void build() {
            int racks = 0;
            for (int p = 0; p < 2; p++) {
                var phase = "p" + p;
                tell(Scenes.phase(phase, Power.watts(1_000_000)));
                release(phase);
                for (int h = 0; h < 2; h++) {
                    var hall = "h" + random.nextInt(10) + p + h;
                    long limit = random.nextLong(10, 50);
                    tell(Scenes.hall(hall, phase, Power.watts(limit)));
                    model.hall(hall, phase, limit);
                    hallPhases.put(hall, phase);
                    int more = random.nextInt(3);
                    for (int r = 0; r < more; r++) {
                        var rack = "r" + (9 - racks++);
                        long watts = random.nextLong(5, 20);
                        tell(Scenes.rack(rack, hall, phase, Power.watts(watts)));
                        model.rack(rack, hall, watts);
                    }
                }
            }
            connect();
        }

        /** None, or a tree with two sides and cooling in each hall, or racks that hang on any nodes. */
        private void connect() {
            int shape = random.nextInt(3);
            if (shape == 0) {
                return;
            }
            crossing = shape == 2;
            node("u1", NodeKind.UTILITY, random.nextLong(20, 90), List.of());
            node("u2", NodeKind.UTILITY, random.nextLong(20, 90), List.of());
            for (String hall : hallPhases.keySet()) {
                node("a" + hall, NodeKind.SWITCHBOARD, random.nextLong(10, 50), List.of("u1"));
                node("b" + hall, NodeKind.SWITCHBOARD, random.nextLong(10, 50), List.of("u2"));
                node("c" + hall, NodeKind.COOLING, random.nextLong(10, 50), List.of());
            }
            var halls = List.copyOf(hallPhases.keySet());
            for (var rack : List.copyOf(model.racks())) {
                if (crossing && random.nextInt(8) == 0) {
                    continue; // hangs on nothing: a hall then holds more than its feeds do, and less
                }
                var a = "a" + (crossing ? halls.get(random.nextInt(halls.size())) : rack.hall());
                var b = "b" + (crossing ? halls.get(random.nextInt(halls.size())) : rack.hall());
                var cooling = "c" + (crossing ? halls.get(random.nextInt(halls.size())) : rack.hall());
                model.connect(rack.name(), List.of(a, b, cooling));
                tell(Scenes.connected(
                        rack.name(), rack.hall(), String.valueOf(hallPhases.get(rack.hall())), a, b, cooling));
            }
        }

        private void node(String name, NodeKind kind, long watts, List<String> fedBy) {
            model.node(name, watts, fedBy);
            tell(Scenes.node(name, kind, Power.watts(watts), fedBy));
        }

        private void release(String phase) {
            long watts = random.nextInt(50);
            int minute = random.nextInt(MINUTES) - MINUTES / 2;
            tell(Scenes.released(phase, Power.watts(watts), minute(minute)));
            model.release(phase, watts, minute);
        }

        private void reserve() {
            int from = random.nextInt(MINUTES - 1);
            int until = from + 1 + random.nextInt(MINUTES - from - 1);
            var period = new Period(minute(from), minute(until));
            var eligible = eligible();
            if (eligible.isEmpty()) {
                return;
            }
            boolean byName = random.nextInt(4) == 0;
            boolean byHall = !byName && random.nextInt(2) == 0;
            if (byHall) {
                var hall = eligible.getFirst().hall();
                eligible.removeIf(rack -> !rack.hall().equals(hall));
            }
            int count = 1 + random.nextInt(byName ? eligible.size() : 4);
            var chosen = byName ? eligible.subList(0, count) : eligible;
            var demand = new Demand(
                    count,
                    byHall ? new NodeId(eligible.getFirst().hall()) : null,
                    byName
                            ? chosen.stream()
                                    .map(rack -> new RackId(rack.name()))
                                    .toList()
                            : List.of());
            var id = new ReservationId(new UUID(random.nextLong(), random.nextLong()));
            var request = new RequestReservation(
                    id, new ContractId(new UUID(0, 1)), new TenantId("t"), period, demand, Scenes.NOW);
            var reservation = evolve(
                    new Reservation.None(), ReservationDecisions.decide(request, new Reservation.None(), campus));

            boolean fits = model.anyChoiceFits(count, chosen, from, until);
            var confirmed = random.nextInt(3) == 0 ? held(id, reservation) : confirmed(id, reservation);

            boolean given = confirmed instanceof Reservation.Confirmed;
            if (!crossing || given) {
                assertThat(given).as("%s: %s for %s", name, demand, period).isEqualTo(fits);
            }
            if (confirmed instanceof Reservation.Confirmed held) {
                var names = new HashSet<String>();
                held.reserved().racks().forEach(rack -> names.add(rack.value()));
                assertThat(names).as(name).hasSize(count);
                assertThat(chosen.stream().map(BruteForceCampus.OneRack::name))
                        .as(name)
                        .containsAll(names);
                model.commitment(id.toString(), names, from, until);
                confirmations++;
            } else {
                refused++;
            }
            reservations.put(id, confirmed);
        }

        private Reservation confirmed(ReservationId id, Reservation reservation) {
            return evolve(
                    reservation,
                    ReservationDecisions.decide(
                            new ConfirmReservation(id, UUID.randomUUID(), Scenes.NOW), reservation, campus));
        }

        /** Held first, which takes what a commitment takes; a hold that does not fit leaves the request as it was. */
        private Reservation held(ReservationId id, Reservation reservation) {
            var expiresAt = Scenes.NOW.plusSeconds(60);
            try {
                var hold = new HoldReservation(id, expiresAt, UUID.randomUUID(), Scenes.NOW);
                var held = evolve(reservation, ReservationDecisions.decide(hold, reservation, campus));
                if (random.nextInt(3) > 0) {
                    return confirmed(id, held);
                }
                var expired = evolve(held, ExpiryTestAccess.expire(id, expiresAt, held));
                assertThat(expired).as(name).isInstanceOf(Reservation.Expired.class);
                // As if it had never been.
                return confirmed(id, reservation);
            } catch (RuleViolated _) {
                return confirmed(id, reservation);
            }
        }

        private void giveUp() {
            for (var entry : reservations.entrySet()) {
                if (entry.getValue() instanceof Reservation.Confirmed) {
                    var release = new ReleaseReservation(entry.getKey(), UUID.randomUUID(), Scenes.NOW);
                    entry.setValue(evolve(entry.getValue(), ReservationDecisions.decide(release, entry.getValue())));
                    model.forget(entry.getKey().toString());
                    return;
                }
            }
        }

        /** Other racks, more, fewer, longer, shorter: given only if it fits, and then it holds what was asked for. */
        private void change() {
            for (var entry : reservations.entrySet()) {
                if (entry.getValue() instanceof Reservation.Confirmed held && random.nextBoolean()) {
                    var racks = held.reserved().racks();
                    var from = minuteOf(held.terms().period().from());
                    int until = from + 1 + random.nextInt(MINUTES - from - 1 + 1);
                    int count = Math.max(1, racks.size() + random.nextInt(3) - 1);
                    var giveUp = random.nextBoolean() ? List.of(racks.getFirst()) : List.<RackId>of();
                    var demanded = new ChangeReservation(
                            entry.getKey(),
                            minute(Math.min(until, MINUTES - 1)),
                            count,
                            giveUp,
                            List.of(),
                            UUID.randomUUID(),
                            Scenes.NOW);
                    try {
                        var events = ReservationDecisions.decide(demanded, held, campus);
                        var changed = (Reservation.Confirmed) evolve(held, events);
                        entry.setValue(changed);
                        var names = new HashSet<String>();
                        changed.reserved().racks().forEach(rack -> names.add(rack.value()));
                        assertThat(names).as(name).hasSize(count);
                        model.commitment(
                                entry.getKey().toString(),
                                names,
                                from,
                                minuteOf(changed.terms().period().until()));
                        changes += events.size();
                    } catch (RuleViolated | InvalidField _) {
                        // It stays as it was, which the model holds still.
                    }
                    return;
                }
            }
        }

        /** The contract of all of them ends earlier: nothing outlasts it, and what was before its end stays. */
        private void contractEnds() {
            int end = random.nextInt(MINUTES);
            for (var entry : reservations.entrySet()) {
                var id = entry.getKey().toString();
                var before = entry.getValue();
                var step = UUID.randomUUID();
                var events = ContractEndTestAccess.cut(entry.getKey(), minute(end), step, Scenes.NOW, before);
                entry.setValue(evolve(before, events));
                switch (entry.getValue()) {
                    case Reservation.Confirmed confirmed -> {
                        assertThat(confirmed.terms().period().until()).as(name).isBeforeOrEqualTo(minute(end));
                        if (!events.isEmpty()) {
                            model.end(id, end);
                        }
                    }
                    case Reservation.Released _ -> model.forget(id);
                    case Reservation.Ended ended -> {
                        if (!events.isEmpty()) {
                            // Handed over when its period began, which may be after that: then it was had for an
                            // instant.
                            boolean had = ended.activatedAt().isBefore(minute(end));
                            assertThat(ended.endedAt())
                                    .as(name)
                                    .isEqualTo(
                                            had
                                                    ? minute(end)
                                                    : ended.activatedAt().plusMillis(1));
                            model.end(id, had ? end : minuteOf(ended.activatedAt()) + 1);
                        }
                    }
                    default -> assertThat(events).as(name).isEmpty();
                }
                assertThat(ContractEndTestAccess.cut(entry.getKey(), minute(end), step, Scenes.NOW, entry.getValue()))
                        .as(name)
                        .isEmpty();
                cuts += events.isEmpty() ? 0 : 1;
            }
        }

        /** Power held back where it is not committed: what is left must still never be exceeded. */
        private void derate() {
            var halls = List.copyOf(hallPhases.keySet());
            var node = random.nextBoolean() ? halls.get(random.nextInt(halls.size())) : "p" + random.nextInt(2);
            int from = random.nextInt(MINUTES - 1);
            int until = from + 1 + random.nextInt(MINUTES - from - 1);
            var period = new Period(minute(from), minute(until));
            long free = campus.free(node).lowestWatts(period);
            if (free > 0) {
                long watts = 1 + random.nextLong(free);
                tell(Scenes.derated(node, campus.tagged(node), Power.watts(watts), period));
                model.derate(node, watts, from, until);
            }
        }

        private static int minuteOf(Instant instant) {
            return (int) ((instant.toEpochMilli() - Scenes.NOW.toEpochMilli()) / 60_000);
        }

        private void end() {
            var running = reservations.entrySet().stream()
                    .filter(entry -> entry.getValue() instanceof Reservation.Confirmed)
                    .toList();
            if (running.isEmpty()) {
                return;
            }
            var entry = running.get(random.nextInt(running.size()));
            var period = entry.getValue().asked().orElseThrow().period();
            long minutes = period.duration().toMinutes();
            int from = (int) ((period.from().toEpochMilli() - Scenes.NOW.toEpochMilli()) / 60_000);
            int at = from + 1 + random.nextInt((int) minutes);
            var activate = new ActivateReservation(entry.getKey(), period.from(), UUID.randomUUID(), period.from());
            var active = evolve(entry.getValue(), ReservationDecisions.decide(activate, entry.getValue()));
            var end = new EndReservation(entry.getKey(), minute(at), UUID.randomUUID(), minute(at));
            reservations.put(entry.getKey(), evolve(active, ReservationDecisions.decide(end, active)));
            model.end(entry.getKey().toString(), at);
        }

        /** A repeated confirmation must decide nothing, whatever became of the reservation. */
        private void retry() {
            for (var entry : reservations.entrySet()) {
                if (entry.getValue() instanceof Reservation.Confirmed
                        || entry.getValue() instanceof Reservation.Rejected) {
                    var again = new ConfirmReservation(entry.getKey(), UUID.randomUUID(), Scenes.NOW);
                    assertThat(ReservationDecisions.decide(again, entry.getValue(), campus))
                            .as(name)
                            .isEmpty();
                }
            }
        }

        private List<BruteForceCampus.OneRack> eligible() {
            var shuffled = new ArrayList<>(model.racks());
            for (int i = shuffled.size() - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                shuffled.set(i, shuffled.set(j, shuffled.get(i)));
            }
            return shuffled;
        }

        private Reservation evolve(Reservation reservation, List<ReservationEvent> events) {
            for (var event : events) {
                if (event instanceof CampusEvent campusEvent) {
                    tell(campusEvent);
                }
            }
            return reservation.evolve(events);
        }

        private void tell(CampusEvent event) {
            campuses.tell(event);
            ledgers.tell(event);
            campus = campuses.state();
        }

        private static Instant minute(int minute) {
            return Scenes.NOW.plusSeconds(minute * 60L);
        }
    }
}
