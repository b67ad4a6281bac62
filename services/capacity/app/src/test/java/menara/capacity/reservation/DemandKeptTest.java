package menara.capacity.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Scenes;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.reservation.ReservationCommands.ChangeReservation;
import menara.capacity.reservation.ReservationCommands.ConfirmReservation;
import menara.capacity.reservation.ReservationCommands.HoldReservation;
import menara.capacity.reservation.ReservationCommands.ReleaseReservation;
import menara.capacity.reservation.ReservationCommands.RequestReservation;
import menara.testkit.Seeds;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.RuleViolated;
import org.junit.jupiter.api.Test;

/**
 * Random histories of reservations that ask for places, levels, feeds, rows and sizes: whatever is held, confirmed, grown, shrunk,
 * swapped or waited for, what a reservation has is what was asked for. The check knows nothing of the service.
 */
class DemandKeptTest {

    private static final int HISTORIES = Integer.getInteger("menara.capacity.demand-histories", 500);
    private static final int STEPS = 25;

    @Test
    void whatever_becomes_of_a_reservation_its_racks_are_such_as_were_asked_for() {
        long seed = Seeds.of(DemandKeptTest.class);
        var random = new SplittableRandom(seed);
        int kept = 0;
        int changed = 0;
        int refused = 0;
        for (int i = 0; i < HISTORIES; i++) {
            long historySeed = random.nextLong();
            var history = new History(new SplittableRandom(historySeed), "history " + historySeed);
            history.play();
            kept += history.checked;
            changed += history.changed;
            refused += history.refused;
        }
        System.out.println("DemandKeptTest checked " + kept + ", changed " + changed + ", refused " + refused);
        assertThat(changed).isGreaterThan(HISTORIES);
        assertThat(refused).isGreaterThan(HISTORIES / 2);
    }

    private static final class History {

        private static final Period PERIOD = Scenes.days(0, 30);

        private final SplittableRandom random;
        private final String name;
        private final RandomSite site;
        private final Map<ReservationId, Reservation> reservations = new LinkedHashMap<>();
        private int checked;
        private int changed;
        private int refused;

        History(SplittableRandom random, String name) {
            this.random = random;
            this.name = name;
            this.site = new RandomSite(random, random.nextBoolean());
        }

        void play() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(5)) {
                    case 0, 1 -> reserve();
                    case 2 -> change(false);
                    case 3 -> change(true);
                    default -> giveUp();
                }
                reservations.forEach((_, reservation) -> holds(reservation));
            }
        }

        private void reserve() {
            var id = new ReservationId(new UUID(random.nextLong(), random.nextLong()));
            var demand = site.demand();
            Reservation reservation = new Reservation.None();
            reservation = tell(
                    reservation,
                    ReservationDecisions.decide(
                            new RequestReservation(
                                    id, new ContractId(new UUID(0, 1)), new TenantId("t"), PERIOD, demand, Scenes.NOW),
                            reservation,
                            site.campus()));
            try {
                if (random.nextBoolean()) {
                    reservation = tell(
                            reservation,
                            ReservationDecisions.decide(
                                    new HoldReservation(id, Scenes.NOW.plusSeconds(60), step(), Scenes.NOW),
                                    reservation,
                                    site.campus()));
                }
                reservation = tell(
                        reservation,
                        ReservationDecisions.decide(
                                new ConfirmReservation(id, step(), Scenes.NOW), reservation, site.campus()));
            } catch (RuleViolated _) {
                refused++;
            }
            reservations.put(id, reservation);
        }

        /** More, fewer, others; named or not, and not always such as may be taken. */
        private void change(boolean named) {
            var confirmed = reservations.values().stream()
                    .filter(Reservation.Confirmed.class::isInstance)
                    .map(Reservation.Confirmed.class::cast)
                    .toList();
            if (confirmed.isEmpty()) {
                return;
            }
            var before = confirmed.get(random.nextInt(confirmed.size()));
            var racks = new ArrayList<>(before.reserved().racks());
            var giveUp = new ArrayList<RackId>();
            for (int i = random.nextInt(racks.size() + 1); i > 0; i--) {
                giveUp.add(racks.remove(random.nextInt(racks.size())));
            }
            var take = new ArrayList<RackId>();
            for (int i = named ? 1 + random.nextInt(2) : 0; i > 0; i--) {
                var rack = new RackId(site.check()
                        .names()
                        .get(random.nextInt(site.check().names().size())));
                if (!take.contains(rack)) {
                    take.add(rack);
                }
            }
            Integer count = random.nextBoolean() ? null : 1 + random.nextInt(5);
            var id = before.terms().reservation();
            var request = new ChangeReservation(id, null, count, giveUp, take, step(), Scenes.NOW);
            try {
                var after = tell(before, ReservationDecisions.decide(request, before, site.campus()));
                reservations.put(id, after);
                if (!after.equals(before)) {
                    changed++;
                    obeys(request, before, (Reservation.Confirmed) after);
                }
            } catch (RuleViolated | InvalidField _) {
                refused++;
            }
        }

        private void obeys(ChangeReservation request, Reservation.Confirmed before, Reservation.Confirmed after) {
            var now = after.reserved().racks();
            var had = before.reserved().racks();
            assertThat(new HashSet<>(now).containsAll(request.take())).as(name).isTrue();
            assertThat(now.stream().filter(request.giveUp()::contains)).as(name).isEmpty();
            int wanted = request.count() == null ? had.size() : request.count();
            assertThat(now).as(name).hasSize(wanted);
            var stays = had.stream()
                    .filter(rack -> !request.giveUp().contains(rack))
                    .toList();
            long kept = stays.stream().filter(now::contains).count();
            assertThat(kept)
                    .as("%s: no more is moved than was asked for", name)
                    .isEqualTo(Math.min(stays.size(), wanted - request.take().size()));
            var asked = before.terms().demand();
            var asks = after.terms().demand();
            assertThat(asks.hall()).isEqualTo(asked.hall());
            assertThat(asks.phase()).isEqualTo(asked.phase());
            assertThat(asks.level()).isEqualTo(asked.level());
            assertThat(asks.spread()).isEqualTo(asked.spread());
            assertThat(asks.contiguous()).isEqualTo(asked.contiguous());
            assertThat(asks.gpus()).isEqualTo(wanted == had.size() ? asked.gpus() : null);
            assertThat(asks.power()).isEqualTo(wanted == had.size() ? asked.power() : null);
        }

        private void giveUp() {
            for (var entry : reservations.entrySet()) {
                if (entry.getValue() instanceof Reservation.Confirmed held && random.nextInt(4) == 0) {
                    entry.setValue(tell(
                            held,
                            ReservationDecisions.decide(
                                    new ReleaseReservation(entry.getKey(), step(), Scenes.NOW), held)));
                    return;
                }
            }
        }

        private void holds(Reservation reservation) {
            var racks = switch (reservation) {
                case Reservation.Held held -> held.reserved().racks();
                case Reservation.Confirmed confirmed -> confirmed.reserved().racks();
                default -> List.<RackId>of();
            };
            if (racks.isEmpty()) {
                return;
            }
            checked++;
            var demand = reservation.asked().orElseThrow().demand();
            assertThat(site.check()
                            .broken(
                                    RandomSite.request(demand),
                                    racks.stream().map(RackId::value).toList()))
                    .as("%s: %s", name, demand)
                    .isEmpty();
        }

        private Reservation tell(Reservation reservation, List<ReservationEvent> events) {
            for (var event : events) {
                if (event instanceof CampusEvent campusEvent) {
                    tell(campusEvent);
                }
            }
            return reservation.evolve(events);
        }

        private void tell(CampusEvent event) {
            site.tell(event);
        }

        private UUID step() {
            return new UUID(random.nextLong(), random.nextLong());
        }
    }
}
