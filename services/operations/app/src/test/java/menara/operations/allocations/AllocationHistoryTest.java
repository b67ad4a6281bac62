package menara.operations.allocations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.operations.allocations.AllocationHistory.Allocation;
import menara.operations.allocations.AllocationHistory.End;
import menara.operations.allocations.AllocationHistory.Handover;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;

class AllocationHistoryTest {

    private static final List<RackId> RACKS = List.of(new RackId("r1"));
    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant ANNOUNCED = Instant.parse("2026-02-20T09:00:00Z");
    private static final Instant MIDDLE = Instant.parse("2026-03-15T00:00:00Z");
    private static final Handover HANDOVER = new Handover(RACKS, Period.between(FROM, UNTIL), ANNOUNCED);

    @Test
    void before_it_is_announced_there_is_no_allocation() {
        assertThat(history(List.of(HANDOVER), List.of()).asOf(ANNOUNCED.minusNanos(1)))
                .isEmpty();
    }

    @Test
    void from_its_announcement_on_it_lasts_for_the_planned_period() {
        assertThat(history(List.of(HANDOVER), List.of()).asOf(ANNOUNCED))
                .contains(new Allocation(RACKS, Period.between(FROM, UNTIL)));
    }

    @Test
    void an_early_end_cuts_it_from_when_that_is_known() {
        var history = history(List.of(HANDOVER), List.of(new End(MIDDLE, MIDDLE.plusSeconds(60))));

        assertThat(history.asOf(MIDDLE)).contains(new Allocation(RACKS, Period.between(FROM, UNTIL)));
        assertThat(history.latest()).contains(new Allocation(RACKS, Period.between(FROM, MIDDLE)));
    }

    @Test
    void an_end_before_the_beginning_leaves_nothing() {
        assertThat(history(List.of(HANDOVER), List.of(new End(FROM, FROM))).latest())
                .isEmpty();
    }

    @Test
    void an_end_after_the_planned_one_adds_nothing() {
        assertThat(history(List.of(HANDOVER), List.of(new End(UNTIL.plusSeconds(1), UNTIL)))
                        .latest())
                .contains(new Allocation(RACKS, Period.between(FROM, UNTIL)));
    }

    @Test
    void the_last_announcement_counts() {
        var swapped = new Handover(List.of(new RackId("r2")), Period.between(MIDDLE, UNTIL), MIDDLE);

        assertThat(history(List.of(HANDOVER, swapped), List.of()).latest())
                .contains(new Allocation(List.of(new RackId("r2")), Period.between(MIDDLE, UNTIL)));
    }

    private static AllocationHistory history(List<Handover> handovers, List<End> ends) {
        return new AllocationHistory(
                new ReservationId(new UUID(0, 1)),
                new ContractId(new UUID(0, 2)),
                new TenantId("atlas"),
                handovers,
                ends);
    }
}
