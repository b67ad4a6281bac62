package menara.capacity.boundary;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.HoldConfirmed;
import menara.capacity.commitments.HoldExpired;
import menara.capacity.commitments.ReservationActivated;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationCutShort;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.commitments.ReservationHeld;
import menara.capacity.commitments.ReservationRejected;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.commitments.ReservationRequested;
import menara.capacity.commitments.ReservationWaitlisted;
import menara.capacity.commitments.ReservationWithdrawn;
import menara.capacity.commitments.Share;
import menara.capacity.deratings.DeratingCause;
import menara.capacity.deratings.PowerDerated;
import menara.capacity.deratings.PowerRestored;
import menara.capacity.deratings.ReservationAtRisk;
import menara.capacity.deratings.ReservationNoLongerAtRisk;
import menara.capacity.deratings.Shortfall;
import menara.capacity.layout.HallRegistered;
import menara.capacity.layout.NodeKind;
import menara.capacity.layout.PhaseClassified;
import menara.capacity.layout.PhasePlanned;
import menara.capacity.layout.PhasePostponed;
import menara.capacity.layout.PowerCommissioned;
import menara.capacity.layout.PowerNode;
import menara.capacity.layout.PowerNodesRegistered;
import menara.capacity.layout.RackConnection;
import menara.capacity.layout.RackRegistered;
import menara.capacity.layout.RacksConnected;
import menara.capacity.layout.Rating;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;

/** One event of every kind, for the tests that must know all of them. */
public final class Samples {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final ReservationId RESERVATION =
            new ReservationId(UUID.fromString("019b7c3e-0000-7000-8000-000000000001"));
    private static final ContractId CONTRACT = new ContractId(UUID.fromString("019b7c3e-0000-7000-8000-000000000002"));
    private static final TenantId TENANT = new TenantId("atlas-ai");
    private static final PhaseId PHASE = new PhaseId("phase-1");
    private static final NodeId HALL = new NodeId("hall-1");
    private static final Period PERIOD =
            new Period(Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-03-01T00:00:00Z"));
    private static final UUID STEP = UUID.fromString("019b7c3e-0000-8000-8000-000000000005");
    private static final UUID DERATING = UUID.fromString("019b7c3e-0000-7000-8000-000000000004");
    private static final Power NVL72 = Power.kilowatts(132);
    private static final List<RackId> RACKS = List.of(new RackId("rack-01"), new RackId("rack-02"));
    private static final List<Share> SHARES = List.of(new Share(HALL, PHASE, RACKS, NVL72.times(2)));

    private Samples() {}

    public static List<Object> events() {
        return List.of(
                new PhasePlanned(PHASE, "Phase 1", Power.megawatts(40), LocalDate.of(2025, 12, 1), AT),
                new PhaseClassified(PHASE, 2, STEP, AT),
                new PowerCommissioned(
                        PHASE,
                        UUID.fromString("019b7c3e-0000-8000-8000-000000000003"),
                        Power.megawatts(10),
                        Power.megawatts(30),
                        PERIOD.from(),
                        AT),
                new HallRegistered(HALL, PHASE, Power.megawatts(8), AT),
                new PowerNodesRegistered(
                        List.of(new PowerNode(
                                new NodeId("rack-01-pdu-a"), NodeKind.RACK_PDU, List.of(HALL), Rating.of(NVL72))),
                        AT),
                new RackRegistered(new RackId("rack-01"), HALL, PHASE, 72, "NVL72", NVL72, AT),
                new RacksConnected(
                        HALL,
                        PHASE,
                        List.of(new RackConnection(
                                new RackId("rack-01"), null, new NodeId("rack-01-pdu-a"), null, null)),
                        AT),
                new PowerDerated(
                        DERATING,
                        HALL,
                        DeratingCause.COOLING,
                        NVL72,
                        PERIOD,
                        "one chiller of two is out",
                        List.of("phase-1", "hall-1"),
                        AT),
                new PowerRestored(DERATING, HALL, NVL72, PERIOD, List.of("phase-1", "hall-1"), STEP, AT),
                new PhasePostponed(
                        PHASE,
                        LocalDate.of(2026, 3, 1),
                        List.of(new PhasePostponed.MovedRelease(DERATING, Power.megawatts(10), PERIOD)),
                        "the transformer is late",
                        STEP,
                        AT),
                new ReservationAtRisk(
                        RESERVATION, CONTRACT, TENANT, List.of(new Shortfall(HALL, PERIOD.from(), NVL72)), AT),
                new ReservationNoLongerAtRisk(RESERVATION, CONTRACT, TENANT, AT),
                new ReservationCutShort(RESERVATION, CONTRACT, TENANT, PERIOD.from(), AT),
                new ReservationRequested(
                        RESERVATION, CONTRACT, TENANT, PERIOD, new Demand(2, HALL, List.of()), List.of(PHASE), AT),
                new ReservationWaitlisted(
                        RESERVATION,
                        CONTRACT,
                        TENANT,
                        PERIOD,
                        new Demand(2, HALL, List.of()),
                        NVL72.times(2),
                        List.of(PHASE),
                        STEP,
                        AT),
                new ReservationHeld(
                        RESERVATION,
                        CONTRACT,
                        TENANT,
                        PERIOD,
                        new Demand(2, HALL, List.of()),
                        SHARES,
                        144,
                        NVL72.times(2),
                        Instant.parse("2026-01-03T03:04:05.678Z"),
                        STEP,
                        AT),
                new HoldConfirmed(RESERVATION, CONTRACT, TENANT, PERIOD, SHARES, 144, NVL72.times(2), STEP, AT),
                new ReservationReplaced(
                        RESERVATION,
                        CONTRACT,
                        TENANT,
                        1,
                        new ReservationReplaced.Before(PERIOD, SHARES),
                        PERIOD,
                        new Demand(2, HALL, List.of()),
                        SHARES,
                        144,
                        NVL72.times(2),
                        STEP,
                        AT),
                new HoldExpired(RESERVATION, CONTRACT, TENANT, PERIOD, SHARES, AT),
                new ReservationWithdrawn(RESERVATION, CONTRACT, TENANT, PERIOD, SHARES, true, STEP, AT),
                new ReservationConfirmed(
                        RESERVATION,
                        CONTRACT,
                        TENANT,
                        PERIOD,
                        new Demand(2, HALL, List.of()),
                        SHARES,
                        144,
                        NVL72.times(2),
                        STEP,
                        AT),
                new ReservationRejected(
                        RESERVATION,
                        CONTRACT,
                        TENANT,
                        "power-limit-exceeded",
                        "hall hall-1 is short of 132 kW from 2026-02-01T00:00:00Z",
                        STEP,
                        AT),
                new ReservationActivated(
                        RESERVATION,
                        CONTRACT,
                        TENANT,
                        RACKS,
                        144,
                        PERIOD,
                        Instant.parse("2026-02-03T00:00:00Z"),
                        STEP,
                        AT),
                new ReservationEnded(
                        RESERVATION,
                        CONTRACT,
                        TENANT,
                        PERIOD,
                        SHARES,
                        Instant.parse("2026-02-14T00:00:00Z"),
                        STEP,
                        AT));
    }
}
