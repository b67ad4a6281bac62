package menara.capacity.offers;

import static menara.capacity.campus.Scenes.day;
import static menara.capacity.campus.Scenes.days;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Scenes;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.offers.Offer.Kind;
import menara.capacity.placement.Placement;
import menara.capacity.placement.SearchBudget;
import menara.capacity.reservation.BruteForceCampus;
import menara.capacity.reservation.BruteForceCampus.OneRack;
import menara.testkit.Seeds;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OffersTest {

    private static final Demand THREE = new Demand(3, null, List.of());

    private static Campus committed(Campus campus, Demand demand, Period period) {
        return campus.evolve(confirmed(demand, period, campus));
    }

    private static ReservationConfirmed confirmed(Demand demand, Period period, Campus campus) {
        var placed = (Placement.Placed) Placement.of(demand, period, campus);
        return new ReservationConfirmed(
                new ReservationId(UUID.randomUUID()),
                new ContractId(new UUID(0, 1)),
                new TenantId("t"),
                period,
                demand,
                placed.shares(),
                placed.gpus(),
                placed.power(),
                UUID.randomUUID(),
                Scenes.NOW);
    }

    @Test
    void what_fits_is_the_only_offer() {
        assertThat(Offers.nearest(THREE, days(10, 40), Scenes.small(), Scenes.NOW))
                .singleElement()
                .satisfies(offer -> {
                    assertThat(offer.kind()).isEqualTo(Kind.AS_ASKED);
                    assertThat(offer.explanation()).isEqualTo("fits as asked");
                });
    }

    @Test
    void alternatives_say_how_they_differ_and_the_nearest_comes_first() {
        var campus = committed(Scenes.small(), new Demand(1, null, List.of()), days(30, 33));

        var offers = Offers.nearest(THREE, days(10, 40), campus, day(0));

        assertThat(offers)
                .extracting(offer -> offer.kind() + " " + offer.explanation())
                .containsExactly(
                        "EARLIER begins 10 days 0 h earlier", "FEWER 2 of 3 racks", "LATER begins 23 days 0 h later");
        assertThat(offers.getFirst().period()).isEqualTo(days(0, 30));
        assertThat(offers.getLast().period().from()).isEqualTo(day(33));
    }

    @Test
    void a_hall_that_is_taken_is_answered_with_another_one_first() {
        var inH1 = new Demand(2, new NodeId("h1"), List.of());
        var campus = committed(Scenes.small(), new Demand(1, new NodeId("h1"), List.of()), days(0, 100));

        var offers = Offers.nearest(inH1, days(10, 40), campus, day(0));

        assertThat(offers.getFirst().explanation()).isEqualTo("at the time asked for, in any hall");
        assertThat(offers).extracting(Offer::kind).contains(Kind.FEWER, Kind.LATER);
    }

    @Test
    void nothing_is_offered_before_now_and_nothing_at_all_where_there_is_nothing() {
        var campus = committed(Scenes.small(), new Demand(1, null, List.of()), days(30, 33));
        assertThat(Offers.nearest(THREE, days(10, 40), campus, day(5)))
                .extracting(Offer::kind)
                .doesNotContain(Kind.EARLIER);
        assertThat(Offers.nearest(THREE, days(10, 40), Campus.EMPTY, day(0))).isEmpty();
    }

    @Test
    void one_budget_of_tries_serves_all_that_is_looked_at_for_one_wish() {
        var campus = Scenes.campus(
                Scenes.phase("p1", Power.watts(10_000)),
                Scenes.released("p1", Power.watts(10_000), day(0)),
                Scenes.hall("h1", "p1", Power.watts(160)));
        for (int i = 0; i < 60; i++) {
            campus = campus.evolve(Scenes.rack("small-%02d".formatted(i), "h1", "p1", Power.watts(10), 4));
        }
        for (int i = 0; i < 15; i++) {
            campus = campus.evolve(Scenes.rack("large-%02d".formatted(i), "h1", "p1", Power.watts(20), 8));
        }
        for (int i = 0; i < 5; i++) {
            campus = committed(campus, new Demand(1, null, List.of()), days(20 + 40 * i, 22 + 40 * i));
        }
        // The fifteen largest have as many, and no choice that the hall can power has.
        var nowhere = new Demand(15, null, List.of(), null, null, null, null, 70, null);
        var tries = new SearchBudget();

        Offers.nearest(nowhere, days(10, 40), campus, StartPrecision.EXACT, day(0), tries);

        assertThat(tries.left()).isZero();
    }

    @Test
    void what_no_choice_of_racks_can_meet_costs_no_try() {
        var tooLarge = new Demand(2, null, List.of(), null, null, null, null, 1_000, null);
        var tries = new SearchBudget();
        var all = tries.left();

        Offers.nearest(tooLarge, days(10, 40), Scenes.small(), StartPrecision.EXACT, day(0), tries);

        assertThat(tries.left()).isEqualTo(all);
    }

    @Test
    void each_offer_is_available_and_none_is_nearer_than_the_one_offered() {
        long seed = Seeds.of(OffersTest.class);
        var random = new SplittableRandom(seed);
        int offered = 0;
        for (int i = 0; i < 400; i++) {
            long own = random.nextLong();
            offered += new Comparison(new SplittableRandom(own), "requests " + own).run();
        }
        assertThat(offered).isGreaterThan(400);
    }

    /** A random campus, requests at it, and the plain model of it, in minutes from {@link Scenes#NOW}. */
    private static final class Comparison {

        private static final int BUSY_MINUTES = 14;
        private static final int MINUTES = 40;

        private final SplittableRandom random;
        private final String name;
        private final BruteForceCampus model = new BruteForceCampus(MINUTES);
        private Campus campus = Campus.EMPTY;

        Comparison(SplittableRandom random, String name) {
            this.random = random;
            this.name = name;
        }

        int run() {
            build();
            if (model.racks().isEmpty()) {
                return 0;
            }
            for (int i = 0; i < 4; i++) {
                commitment();
            }
            int offered = 0;
            for (int i = 0; i < 3; i++) {
                offered += request();
            }
            return offered;
        }

        private void build() {
            int racks = 0;
            for (int p = 0; p < 2; p++) {
                var phase = "p" + p;
                tell(Scenes.phase(phase, Power.watts(1_000_000)));
                for (int release = 0; release < 2; release++) {
                    long watts = random.nextInt(40);
                    int from = random.nextInt(BUSY_MINUTES) - BUSY_MINUTES / 2;
                    tell(Scenes.released(phase, Power.watts(watts), minute(from)));
                    model.release(phase, watts, from);
                }
                var hall = "h" + p;
                long limit = random.nextLong(10, 50);
                tell(Scenes.hall(hall, phase, Power.watts(limit)));
                model.hall(hall, phase, limit);
                int more = random.nextInt(4);
                for (int r = 0; r < more; r++) {
                    var rack = "r" + (9 - racks++);
                    long watts = random.nextLong(5, 20);
                    tell(Scenes.rack(rack, hall, phase, Power.watts(watts)));
                    model.rack(rack, hall, watts);
                }
            }
        }

        private void commitment() {
            int from = random.nextInt(BUSY_MINUTES - 1);
            int until = from + 1 + random.nextInt(BUSY_MINUTES - from - 1);
            var demand = new Demand(1 + random.nextInt(2), null, List.of());
            if (Placement.of(demand, period(from, until), campus) instanceof Placement.Placed) {
                var event = confirmed(demand, period(from, until), campus);
                tell(event);
                var names = event.shares().stream()
                        .flatMap(share -> share.racks().stream())
                        .map(RackId::value)
                        .collect(Collectors.toSet());
                model.commitment(event.reservation().toString(), names, from, until);
            }
        }

        private int request() {
            int from = random.nextInt(BUSY_MINUTES);
            int length = 1 + random.nextInt(6);
            int count = 1 + random.nextInt(4);
            var hall = random.nextBoolean() ? "h" + random.nextInt(2) : null;
            var demand = new Demand(count, hall == null ? null : new NodeId(hall), List.of());
            var name = "%s: %s from minute %d for %d".formatted(this.name, demand, from, length);

            var offers = Offers.nearest(demand, period(from, from + length), campus, minute(0));

            assertThat(offers).as(name).hasSizeLessThanOrEqualTo(Offers.MAX_OFFERS);
            assertThat(offers).as(name).extracting(Offer::distance).isSorted();
            offers.forEach(offer -> assertAvailable(offer, name));
            var expected = expected(hall, from, length, count);
            assertThat(offers.stream().map(Comparison::shape).collect(Collectors.toSet()))
                    .as(name)
                    .isEqualTo(expected);
            return offers.size();
        }

        /** What the model finds by trying every start and every number, as {@code kind start count}. */
        private Set<String> expected(@Nullable String hall, int from, int length, int count) {
            if (fits(hall, from, length, count)) {
                return Set.of("AS_ASKED " + from + " " + count);
            }
            var found = new HashSet<String>();
            var places = new HashSet<@Nullable String>();
            places.add(hall);
            if (hall != null && fits(null, from, length, count)) {
                found.add("ELSEWHERE " + from + " " + count);
            } else {
                places.add(null);
            }
            for (var place : places) {
                later(place, from, length, count).ifPresent(start -> found.add("LATER " + start + " " + count));
                IntStream.iterate(from - 1, start -> start >= 0, start -> start - 1)
                        .filter(start -> fits(place, start, length, count))
                        .findFirst()
                        .ifPresent(start -> found.add("EARLIER " + start + " " + count));
                IntStream.iterate(count - 1, fewer -> fewer > 0, fewer -> fewer - 1)
                        .filter(fewer -> fits(place, from, length, fewer))
                        .findFirst()
                        .ifPresent(fewer -> found.add("FEWER " + from + " " + fewer));
            }
            return found;
        }

        private OptionalInt later(@Nullable String hall, int from, int length, int count) {
            return IntStream.rangeClosed(from + 1, MINUTES - length)
                    .filter(start -> fits(hall, start, length, count))
                    .findFirst();
        }

        private boolean fits(@Nullable String hall, int from, int length, int count) {
            var eligible = model.racks().stream()
                    .filter(rack -> hall == null || rack.hall().equals(hall))
                    .toList();
            return count <= eligible.size() && model.anyChoiceFits(count, eligible, from, from + length);
        }

        private void assertAvailable(Offer offer, String request) {
            var names = offer.racks().stream().map(RackId::value).collect(Collectors.toSet());
            var racks = model.racks().stream()
                    .filter(rack -> names.contains(rack.name()))
                    .toList();
            int from = minute(offer.period().from());
            assertThat(model.anyChoiceFits(
                            racks.size(), racks, from, minute(offer.period().until())))
                    .as("%s: %s", request, offer)
                    .isTrue();
            assertThat(offer.power().watts())
                    .isEqualTo(racks.stream().mapToLong(OneRack::watts).sum());
        }

        private static String shape(Offer offer) {
            return "%s %d %d"
                    .formatted(
                            offer.kind(),
                            minute(offer.period().from()),
                            offer.racks().size());
        }

        private void tell(CampusEvent event) {
            campus = campus.evolve(event);
        }

        private static Period period(int from, int until) {
            return new Period(minute(from), minute(until));
        }

        private static Instant minute(int minute) {
            return Scenes.NOW.plusSeconds(minute * 60L);
        }

        private static int minute(Instant instant) {
            return (int) ((instant.toEpochMilli() - Scenes.NOW.toEpochMilli()) / 60_000);
        }
    }
}
