package menara.capacity.forecast;

import static menara.capacity.campus.Scenes.day;
import static menara.capacity.campus.Scenes.days;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Scenes;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationHeld;
import menara.capacity.deratings.DeratingCause;
import menara.capacity.deratings.PowerDerated;
import menara.capacity.forecast.UsablePower.Stranded;
import menara.capacity.layout.NodeKind;
import menara.capacity.ledger.Ledger;
import menara.testkit.Seeds;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.Power;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final Forecast.Weights WEIGHTS = new Forecast.Weights(0.25, 0.5);
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

    @Test
    void stranded_power_is_told_by_what_stands_in_its_way() {
        var campus = Scenes.campus(
                Scenes.phase("p", Power.watts(1_000)),
                Scenes.released("p", Power.watts(100), day(0)),
                Scenes.hall("h", "p", Power.watts(70)),
                Scenes.node("u", NodeKind.UTILITY, Power.watts(60), List.of()),
                Scenes.node("c", NodeKind.COOLING, Power.watts(50), List.of()),
                rack(1),
                rack(2),
                rack(3),
                rack(4),
                rack(5),
                rack(6),
                rack(7),
                rack(8),
                rack(9),
                connected(1),
                connected(2),
                connected(3),
                connected(4),
                connected(5),
                connected(6),
                connected(7),
                connected(8),
                connected(9));
        var derated = Scenes.after(
                campus,
                List.of(
                        derated("c", DeratingCause.OUTAGE, 10, days(1, 2), 1),
                        derated("h", DeratingCause.RESERVE, 50, days(2, 3), 2)));

        var result = Forecast.of(derated, Ledger.EMPTY, day(0), FIRST.minusDays(1), 5, WEIGHTS)
                .days();

        assertThat(result)
                .extracting(Forecast.Day::stranded)
                .containsExactly(
                        new Stranded(0, 0, 0, 0, 0, 0, 0),
                        new Stranded(10, 20, 10, 10, 0, 0, 50),
                        new Stranded(10, 20, 10, 10, 10, 0, 40),
                        new Stranded(10, 20, 10, 10, 0, 30, 20),
                        new Stranded(10, 20, 10, 10, 0, 0, 50));
        assertThat(result).extracting(Forecast.Day::released).containsExactly(0L, 100L, 100L, 100L, 100L);
        assertThat(result).extracting(Forecast.Day::planned).containsExactly(0L, 1_000L, 1_000L, 1_000L, 1_000L);
    }

    @Test
    void a_day_shows_the_most_that_is_committed_at_any_hour_of_it() {
        long seed = Seeds.of(ForecastTest.class);
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            var ledger = Ledger.EMPTY;
            int days = 1 + random.nextInt(20);
            var committed = new long[days * 24];
            var held = new long[days * 24];
            for (int i = random.nextInt(30); i > 0; i--) {
                int from = random.nextInt(-48, days * 24 + 24);
                int until = from + 1 + random.nextInt(100);
                long watts = 1 + random.nextLong(50);
                boolean hold = random.nextInt(3) == 0;
                var period = new Period(hour(from), hour(until));
                ledger = ledger.evolve(hold ? held(i, period, watts) : confirmed(i, period, watts, day(0)));
                for (int hour = Math.max(0, from); hour < Math.min(until, days * 24); hour++) {
                    (hold ? held : committed)[hour] += watts;
                }
            }

            var result = Forecast.of(Campus.EMPTY, ledger, day(0), FIRST, days, WEIGHTS)
                    .days();

            assertThat(result).hasSize(days);
            for (int day = 0; day < days; day++) {
                long most = 0;
                long mostHeld = 0;
                for (int hour = day * 24; hour < (day + 1) * 24; hour++) {
                    most = Math.max(most, committed[hour]);
                    mostHeld = Math.max(mostHeld, held[hour]);
                }
                assertThat(result.get(day).committed())
                        .as("seed %d, day %d", seed, day)
                        .isEqualTo(most);
                assertThat(result.get(day).held())
                        .as("seed %d, day %d", seed, day)
                        .isEqualTo(mostHeld);
                assertThat(result.get(day).probable()).isEqualTo(most + Math.round(mostHeld * 0.25));
            }
        }
    }

    /** 30 W a day in the last 30 days, 20 before, 10 before that; 3,000 W are committed and 7,000 W are there. */
    @Test
    void the_campus_is_full_when_growth_reaches_what_is_there_with_a_range_from_the_strongest_to_the_weakest_month() {
        var events = new ArrayList<CampusEvent>(List.of(
                Scenes.phase("p", Power.watts(7_000)),
                Scenes.released("p", Power.watts(7_000), day(0)),
                Scenes.hall("h", "p", Power.watts(7_000)),
                Scenes.rack("r", "h", "p", Power.watts(7_000))));
        var now = day(100);
        var ledger = Ledger.EMPTY;
        var always = new Period(day(0), day(2_000));
        ledger = ledger.evolve(confirmed(1, always, 1_200, day(1)));
        ledger = ledger.evolve(confirmed(2, always, 300, day(20)));
        ledger = ledger.evolve(confirmed(3, always, 600, day(50)));
        ledger = ledger.evolve(confirmed(4, always, 900, day(80)));

        var exhaustion = Forecast.of(
                        Scenes.after(Campus.EMPTY, events), ledger, now, FIRST.plusDays(100), 1_000, WEIGHTS)
                .exhaustion();
        var tooShort = Forecast.of(Scenes.after(Campus.EMPTY, events), ledger, now, FIRST.plusDays(100), 150, WEIGHTS)
                .exhaustion();

        assertThat(exhaustion)
                .isEqualTo(new Forecast.Exhaustion(
                        20, FIRST.plusDays(100 + 200), FIRST.plusDays(100 + 134), FIRST.plusDays(100 + 400)));
        assertThat(tooShort).isEqualTo(new Forecast.Exhaustion(20, null, FIRST.plusDays(100 + 134), null));
    }

    private static CampusEvent rack(int number) {
        return Scenes.rack("r" + number, "h", "p", Power.watts(10));
    }

    private static CampusEvent connected(int number) {
        return Scenes.connected("r" + number, "h", "p", "u", null, "c");
    }

    private static PowerDerated derated(String node, DeratingCause cause, long watts, Period period, int id) {
        return new PowerDerated(
                new UUID(0, id), new NodeId(node), cause, Power.watts(watts), period, "x", List.of(node), day(0));
    }

    private static ReservationConfirmed confirmed(int id, Period period, long watts, Instant at) {
        return new ReservationConfirmed(
                new ReservationId(new UUID(1, id)),
                new ContractId(new UUID(0, 1)),
                new TenantId("t"),
                period,
                new Demand(1, null, List.of()),
                List.of(),
                0,
                Power.watts(watts),
                UUID.randomUUID(),
                at);
    }

    private static ReservationHeld held(int id, Period period, long watts) {
        return new ReservationHeld(
                new ReservationId(new UUID(2, id)),
                new ContractId(new UUID(0, 1)),
                new TenantId("t"),
                period,
                new Demand(1, null, List.of()),
                List.of(),
                0,
                Power.watts(watts),
                day(1),
                UUID.randomUUID(),
                day(0));
    }

    private static Instant hour(int hour) {
        return Scenes.NOW.plusSeconds(hour * 3_600L);
    }
}
