package menara.bench.capacity;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.layout.HallRegistered;
import menara.capacity.layout.PhasePlanned;
import menara.capacity.layout.PowerCommissioned;
import menara.capacity.layout.RackRegistered;
import menara.capacity.ledger.Ledger;
import menara.capacity.placement.Placement;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import menara.values.Uuid8;

/**
 * The whole campus of 500 MW: {@value #RACKS} racks in {@value #HALLS} halls, and a year of {@value #RESERVATIONS} confirmed reservations.
 */
final class FullYear {

    static final int HALLS = 60;
    static final int RACKS = 3_000;
    static final int RESERVATIONS = 20_000;
    static final int HOURS = 365 * 24;
    static final Instant BEGINS = Instant.parse("2026-01-01T00:00:00Z");

    private static final int PHASES = 5;
    private static final Power RACK_POWER = Power.kilowatts(132);
    private static final Power PHASE_POWER = Power.megawatts(100);
    private static final int GPUS = 72;

    private final List<CampusEvent> events = new ArrayList<>();
    private Campus campus = Campus.EMPTY;
    private Ledger ledger = Ledger.EMPTY;

    FullYear(SplittableRandom random) {
        layout();
        for (int sealed = 0; sealed < RESERVATIONS; ) {
            var period = hours(random.nextInt(HOURS - 336), 24 + random.nextInt(312));
            var demand = new Demand(1 + random.nextInt(6), null, List.of());
            if (Placement.of(demand, period, campus) instanceof Placement.Placed found) {
                tell(new ReservationConfirmed(
                        new ReservationId(new UUID(0, sealed)),
                        new ContractId(new UUID(0, 1)),
                        new TenantId("bench"),
                        period,
                        demand,
                        found.shares(),
                        found.gpus(),
                        found.power(),
                        UUID.randomUUID(),
                        BEGINS));
                sealed++;
            }
        }
    }

    private void layout() {
        for (int p = 0; p < PHASES; p++) {
            var phase = new PhaseId("phase-" + p);
            tell(new PhasePlanned(phase, phase.value(), PHASE_POWER, LocalDate.of(2026, 1, 1), BEGINS));
            tell(new PowerCommissioned(phase, Uuid8.derived(phase.value()), PHASE_POWER, PHASE_POWER, BEGINS, BEGINS));
        }
        for (int h = 0; h < HALLS; h++) {
            var phase = new PhaseId("phase-" + h % PHASES);
            var hall = new NodeId("hall-%02d".formatted(h));
            tell(new HallRegistered(hall, phase, RACK_POWER.times(RACKS / HALLS), BEGINS));
            for (int r = 0; r < RACKS / HALLS; r++) {
                var rack = new RackId("%s-rack-%02d".formatted(hall, r));
                tell(new RackRegistered(rack, hall, phase, GPUS, "NVL72", RACK_POWER, BEGINS));
            }
        }
    }

    private void tell(CampusEvent event) {
        events.add(event);
        campus = campus.evolve(event);
        ledger = ledger.evolve(event);
    }

    /** All that happened, in order. */
    List<CampusEvent> events() {
        return events;
    }

    Campus campus() {
        return campus;
    }

    Ledger ledger() {
        return ledger;
    }

    static Period hours(int from, int length) {
        return new Period(BEGINS.plusSeconds(from * 3_600L), BEGINS.plusSeconds((from + length) * 3_600L));
    }
}
