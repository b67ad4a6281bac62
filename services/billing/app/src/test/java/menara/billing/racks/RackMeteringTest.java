package menara.billing.racks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import menara.billing.TestDatabases;
import menara.billing.racks.RackMeteringCommands.StartRackMetering;
import menara.billing.racks.RackMeteringCommands.StopRackMetering;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;

class RackMeteringTest {

    private static final ReservationId RESERVATION = new ReservationId(new UUID(7, 7));
    private static final ContractId CONTRACT = new ContractId(new UUID(1, 1));
    private static final Period PERIOD =
            new Period(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
    private static final Instant JANUARY_2 = Instant.parse("2026-01-02T00:00:00Z");
    private static final Instant FEBRUARY_9 = Instant.parse("2026-02-09T00:00:00Z");
    private static final RackMeteringStarted STARTED =
            new RackMeteringStarted(RESERVATION, CONTRACT, new TenantId("atlas-ai"), 12, PERIOD, JANUARY_2);

    @Test
    void racks_handed_over_are_metered_once_however_often_it_is_told() {
        var command = new StartRackMetering(RESERVATION, CONTRACT, new TenantId("atlas-ai"), 12, PERIOD, JANUARY_2);
        assertThat(RackMeteringDecisions.decide(command, new RackMetering.NotStarted()))
                .containsExactly(STARTED);
        assertThat(RackMeteringDecisions.decide(command, running())).isEmpty();
        assertThat(RackMeteringDecisions.decide(command, stoppedAt(FEBRUARY_9))).isEmpty();
    }

    @Test
    void racks_given_back_early_stop_counting() {
        var endedAt = Instant.parse("2026-02-08T09:30:00Z");
        var command = new StopRackMetering(RESERVATION, endedAt, FEBRUARY_9);
        assertThat(RackMeteringDecisions.decide(command, running()))
                .containsExactly(new RackMeteringStopped(RESERVATION, CONTRACT, endedAt, FEBRUARY_9));
        assertThat(RackMeteringDecisions.decide(command, new RackMetering.NotStarted()))
                .isEmpty();
        assertThat(RackMeteringDecisions.decide(command, stoppedAt(endedAt))).isEmpty();
    }

    @Test
    void an_end_that_is_moved_to_an_earlier_time_counts_from_there_and_never_to_a_later_one() {
        var earlier = Instant.parse("2026-02-01T00:00:00Z");
        assertThat(RackMeteringDecisions.decide(
                        new StopRackMetering(RESERVATION, earlier, FEBRUARY_9), stoppedAt(FEBRUARY_9)))
                .containsExactly(new RackMeteringStopped(RESERVATION, CONTRACT, earlier, FEBRUARY_9));
        assertThat(RackMeteringDecisions.decide(
                        new StopRackMetering(RESERVATION, FEBRUARY_9, FEBRUARY_9), stoppedAt(earlier)))
                .isEmpty();
        var allocations = new AllocationReadModel(TestDatabases.fresh());
        allocations.on(STARTED);
        allocations.on(new RackMeteringStopped(RESERVATION, CONTRACT, FEBRUARY_9, JANUARY_2));
        allocations.on(new RackMeteringStopped(RESERVATION, CONTRACT, earlier, FEBRUARY_9));
        assertThat(allocations.of(CONTRACT, FEBRUARY_9.minusMillis(1)))
                .as("as it was known then")
                .containsExactly(new RackTime(12, new Period(PERIOD.from(), FEBRUARY_9)));
        assertThat(allocations.of(CONTRACT, FEBRUARY_9))
                .containsExactly(new RackTime(12, new Period(PERIOD.from(), earlier)));
    }

    @Test
    void an_end_as_planned_changes_nothing() {
        assertThat(RackMeteringDecisions.decide(
                        new StopRackMetering(RESERVATION, PERIOD.until(), PERIOD.until()), running()))
                .isEmpty();
    }

    @Test
    void rack_time_is_read_as_it_was_known_and_replaying_changes_nothing() {
        var allocations = new AllocationReadModel(TestDatabases.fresh());
        var endedAt = Instant.parse("2026-02-08T09:30:00Z");
        for (int replay = 0; replay < 2; replay++) {
            allocations.on(STARTED);
            allocations.on(new RackMeteringStopped(RESERVATION, CONTRACT, endedAt, FEBRUARY_9));
        }
        assertThat(allocations.of(CONTRACT, JANUARY_2.minusMillis(1))).isEmpty();
        assertThat(allocations.of(CONTRACT, JANUARY_2)).containsExactly(new RackTime(12, PERIOD));
        assertThat(allocations.of(CONTRACT, FEBRUARY_9))
                .containsExactly(new RackTime(12, new Period(PERIOD.from(), endedAt)));
        assertThat(allocations.of(new ContractId(new UUID(1, 2)), FEBRUARY_9)).isEmpty();
    }

    private static RackMetering stoppedAt(Instant endedAt) {
        return RackMetering.evolve(running(), new RackMeteringStopped(RESERVATION, CONTRACT, endedAt, JANUARY_2));
    }

    private static RackMetering running() {
        return RackMetering.evolve(new RackMetering.NotStarted(), STARTED);
    }
}
