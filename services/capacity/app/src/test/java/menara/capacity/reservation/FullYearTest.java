package menara.capacity.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Scenes;
import menara.capacity.campus.ThroughSnapshots;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.placement.Placement;
import menara.eventstore.mongodb.snapshots.MongoSnapshots;
import menara.testkit.Seeds;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.Power;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;

/** The complete campus: 3,000 racks in 60 halls, a year of 20,000 confirmed reservations. */
class FullYearTest {

    private static final int PHASES = 5;
    private static final int HALLS = 60;
    private static final int RACKS_PER_HALL = 50;
    private static final int RESERVATIONS = 20_000;
    private static final int HOURS = 365 * 24;
    private static final int DECISIONS = 4_000;
    /** Of the median, and far above what is asked of the service: a busy machine must not fail the build. */
    private static final Duration LIMIT = Duration.ofMillis(5);

    @Test
    void one_month_is_decided_quickly_against_a_full_year() {
        long seed = Seeds.of(FullYearTest.class);
        var random = new SplittableRandom(seed);
        long foldBegins = System.nanoTime();
        var campus = full(random);
        long foldMillis = (System.nanoTime() - foldBegins) / 1_000_000;

        var nanos = new long[DECISIONS];
        int placed = 0;
        for (int i = 0; i < DECISIONS; i++) {
            var period = hours(random.nextInt(HOURS - 720), 720);
            var demand = new Demand(1 + random.nextInt(8), null, List.of());
            long begins = System.nanoTime();
            var outcome = Placement.of(demand, period, campus);
            nanos[i] = System.nanoTime() - begins;
            placed += outcome instanceof Placement.Placed ? 1 : 0;
        }
        Arrays.sort(nanos, 0, DECISIONS);
        long p50 = nanos[DECISIONS / 2];
        long p99 = nanos[DECISIONS * 99 / 100];
        System.out.printf(
                "FullYearTest seed %d: folded in %d ms; decide p50 %d us, p99 %d us; %d of %d placed%n",
                seed, foldMillis, p50 / 1_000, p99 / 1_000, placed, DECISIONS);

        assertThat(Duration.ofNanos(p50)).isLessThan(LIMIT);
        assertThat(placed).isBetween(1, DECISIONS);
        assertThatASnapshotHoldsIt(campus);
    }

    private static void assertThatASnapshotHoldsIt(Campus campus) {
        var form = ThroughSnapshots.CAMPUS.form().orElseThrow();
        long begins = System.nanoTime();
        var bytes = form.bytes(campus);
        long written = System.nanoTime();
        var again = form.state(bytes);
        System.out.printf(
                "FullYearTest snapshot of %d bytes; written in %d ms, read in %d ms%n",
                bytes.length, (written - begins) / 1_000_000, (System.nanoTime() - written) / 1_000_000);

        assertThat(form.bytes(again)).isEqualTo(bytes);
        assertThat(bytes.length).isLessThan(MongoSnapshots.MAX_STATE_BYTES / 4);
    }

    private static Campus full(SplittableRandom random) {
        var layout = new ArrayList<CampusEvent>();
        for (int p = 0; p < PHASES; p++) {
            layout.add(Scenes.phase("phase-" + p, Power.megawatts(100)));
            layout.add(Scenes.released("phase-" + p, Power.megawatts(100), Scenes.day(0)));
        }
        for (int h = 0; h < HALLS; h++) {
            var phase = "phase-" + h % PHASES;
            var hall = "hall-%02d".formatted(h);
            layout.add(Scenes.hall(hall, phase, Scenes.NVL72.times(RACKS_PER_HALL)));
            for (int r = 0; r < RACKS_PER_HALL; r++) {
                layout.add(Scenes.rack("%s-rack-%02d".formatted(hall, r), hall, phase, Scenes.NVL72));
            }
        }
        var campus = Scenes.after(Campus.EMPTY, layout);
        int confirmed = 0;
        while (confirmed < RESERVATIONS) {
            var period = hours(random.nextInt(HOURS - 336), 24 + random.nextInt(312));
            var demand = new Demand(1 + random.nextInt(6), null, List.of());
            if (Placement.of(demand, period, campus) instanceof Placement.Placed found) {
                campus = campus.evolve(new ReservationConfirmed(
                        new ReservationId(new UUID(0, confirmed)),
                        new ContractId(new UUID(0, 1)),
                        new TenantId("t"),
                        period,
                        demand,
                        found.shares(),
                        found.gpus(),
                        found.power(),
                        UUID.randomUUID(),
                        Scenes.NOW));
                confirmed++;
            }
        }
        return campus;
    }

    private static Period hours(int from, int length) {
        return new Period(Scenes.NOW.plusSeconds(from * 3_600L), Scenes.NOW.plusSeconds((from + length) * 3_600L));
    }
}
