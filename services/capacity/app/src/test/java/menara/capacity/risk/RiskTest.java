package menara.capacity.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Scenes;
import menara.capacity.campus.ThroughSnapshots;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.deratings.DeratingCause;
import menara.capacity.deratings.ReservationAtRisk;
import menara.capacity.deratings.ReservationNoLongerAtRisk;
import menara.capacity.layout.NodeKind;
import menara.capacity.ledger.Ledger;
import menara.capacity.ledger.Ledgers;
import menara.capacity.placement.Placement;
import menara.capacity.risk.RiskCommands.AssessRisk;
import menara.capacity.risk.RiskCommands.DeratePower;
import menara.capacity.risk.RiskCommands.PostponePhase;
import menara.capacity.risk.RiskCommands.RestorePower;
import menara.testkit.Seeds;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import menara.values.refusals.RuleViolated;
import org.junit.jupiter.api.Test;

/**
 * Random histories of commitments, deratings, restorations and slips. What is at risk is compared with a model that knows minutes and
 * sums and nothing of the service; and what was told, with what is. Decided is on states that go through snapshots at random moments.
 */
class RiskTest {

    private static final int HISTORIES = Integer.getInteger("menara.capacity.risk-histories", 500);
    private static final int STEPS = 12;
    private static final int MINUTES = 20;

    @Test
    void exactly_the_commitments_that_cannot_be_kept_are_at_risk_and_all_proposed_moves_fit_together() {
        long seed = Seeds.of(RiskTest.class);
        var random = new SplittableRandom(seed);
        int atRisk = 0;
        int moves = 0;
        int reserves = 0;
        for (int i = 0; i < HISTORIES; i++) {
            long historySeed = random.nextLong();
            var history = new History(new SplittableRandom(historySeed), "history " + historySeed);
            history.play();
            atRisk += history.atRisk;
            moves += history.moves;
            reserves += history.reserves;
        }
        System.out.println("RiskTest at risk " + atRisk + ", moves " + moves + ", reserves " + reserves);
        assertThat(atRisk).isGreaterThan(HISTORIES);
        assertThat(moves).isGreaterThan(HISTORIES / 20);
        assertThat(reserves).isGreaterThan(HISTORIES / 20);
    }

    /** What is committed to whom: in the model a name, racks, and minutes. */
    private record Told(String reservation, Set<String> racks, int from, int until) {}

    private static final class History {

        private final SplittableRandom random;
        private final String name;
        private final Map<String, long[]> limits = new HashMap<>();
        private final Map<String, List<String>> nodesOf = new HashMap<>();
        private final Map<String, Long> watts = new HashMap<>();
        private final List<Told> commitments = new ArrayList<>();
        private final List<UUID> deratings = new ArrayList<>();
        private final Map<UUID, Object[]> lost = new HashMap<>();
        private final Map<UUID, int[]> releases = new HashMap<>();
        private final ThroughSnapshots<Campus> campuses;
        private final ThroughSnapshots<Ledger> ledgers;
        private Campus campus = Campus.EMPTY;
        private Ledger ledger = Ledger.EMPTY;
        private int now;
        private int atRisk;
        private int moves;
        private int reserves;

        History(SplittableRandom random, String name) {
            this.random = random;
            this.name = name;
            this.campuses = ThroughSnapshots.ofCampus(random.split());
            this.ledgers = Ledgers.throughSnapshots(random.split());
        }

        void play() {
            build();
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(3) == 0 && now < MINUTES - 2) {
                    now++;
                }
                switch (random.nextInt(8)) {
                    case 0, 1 -> derate();
                    case 2 -> restore();
                    case 3 -> slip();
                    default -> commitment();
                }
                // Time alone may end a risk; the service looks again every hour.
                RiskDecisions.decide(new AssessRisk(minute(now)), campus, ledger)
                        .forEach(this::tell);
                check();
            }
            campuses.check(name);
            ledgers.check(name);
        }

        private void build() {
            tell(Scenes.phase("p", Power.watts(1_000)));
            limits.put("p", new long[MINUTES]);
            for (int i = 0; i < 2; i++) {
                long power = random.nextLong(20, 40) + 20L * i; // never twice the same release
                int from = random.nextInt(MINUTES / 2);
                var release = Scenes.released("p", Power.watts(power), minute(from));
                tell(release);
                releases.put(release.release(), new int[] {from, (int) power});
                add("p", from, MINUTES, power);
            }
            node("u", NodeKind.UTILITY, List.of());
            for (var hall : List.of("h1", "h2")) {
                long limit = random.nextLong(20, 60);
                tell(Scenes.hall(hall, "p", Power.watts(limit)));
                limits.put(hall, filled(limit));
                node("s-" + hall, NodeKind.SWITCHBOARD, List.of("u"));
                for (int r = 0; r < 3; r++) {
                    var rack = hall + "-" + r;
                    long power = random.nextLong(5, 20);
                    tell(Scenes.rack(rack, hall, "p", Power.watts(power)));
                    tell(Scenes.connected(rack, hall, "p", "s-" + hall, null, null));
                    watts.put(rack, power);
                    nodesOf.put(rack, List.of("p", hall, "s-" + hall, "u"));
                }
            }
        }

        private void node(String node, NodeKind kind, List<String> fedBy) {
            long limit = random.nextLong(20, 100);
            tell(Scenes.node(node, kind, Power.watts(limit), fedBy));
            limits.put(node, filled(limit));
        }

        private void commitment() {
            int from = now + random.nextInt(MINUTES - now - 1);
            int until = from + 1 + random.nextInt(MINUTES - from - 1);
            var demand = new Demand(1 + random.nextInt(3), null, List.of());
            var period = new Period(minute(from), minute(until));
            if (Placement.of(demand, period, campus) instanceof Placement.Placed placed) {
                var id = new ReservationId(new UUID(random.nextLong(), random.nextLong()));
                tell(new ReservationConfirmed(
                        id,
                        new ContractId(new UUID(0, 1)),
                        new TenantId("t"),
                        period,
                        demand,
                        placed.shares(),
                        placed.gpus(),
                        placed.power(),
                        UUID.randomUUID(),
                        minute(now)));
                var racks = names(placed);
                commitments.add(new Told(id.toString(), racks, from, until));
                for (var rack : racks) {
                    assertThat(room(rack, from, until))
                            .as("%s: a new commitment fits", name)
                            .isTrue();
                }
            }
        }

        /** Whether no node of a rack has more on it than it carries in those minutes. */
        private boolean room(String rack, int from, int until) {
            return nodesOf.getOrDefault(rack, List.of()).stream().allMatch(node -> {
                for (int minute = from; minute < until; minute++) {
                    if (drawn(node, minute, commitments) > limit(node, minute)) {
                        return false;
                    }
                }
                return true;
            });
        }

        private void derate() {
            var nodes = List.of("p", "h1", "h2", "s-h1", "s-h2", "u");
            var node = nodes.get(random.nextInt(nodes.size()));
            int from = now + random.nextInt(MINUTES - now - 1);
            int until = from + 1 + random.nextInt(MINUTES - from - 1);
            long power = 1 + random.nextLong(campus.builtFor(node).watts() / (node.equals("p") ? 20 : 2));
            boolean reserve = random.nextInt(3) == 0;
            var id = new UUID(random.nextLong(), random.nextLong());
            var command = new DeratePower(
                    id,
                    new NodeId(node),
                    reserve ? DeratingCause.RESERVE : DeratingCause.OUTAGE,
                    Power.watts(power),
                    new Period(minute(from), minute(until)),
                    "x",
                    minute(now));
            boolean harmless = true;
            for (int minute = from; minute < until; minute++) {
                harmless &= drawn(node, minute, commitments) + power <= limit(node, minute);
            }
            List<CampusEvent> decided;
            try {
                decided = RiskDecisions.decide(command, campus, ledger);
            } catch (RuleViolated e) {
                assertThat(reserve && !harmless)
                        .as("%s: %s", name, e.getMessage())
                        .isTrue();
                return;
            }
            if (reserve) {
                assertThat(harmless).as(name).isTrue();
                reserves++;
            }
            decided.forEach(this::tell);
            deratings.add(id);
            lost.put(id, new Object[] {node, power, until});
            add(node, from, until, -power);
        }

        private void restore() {
            if (deratings.isEmpty()) {
                return;
            }
            var id = deratings.remove(random.nextInt(deratings.size()));
            var what = lost.getOrDefault(id, new Object[3]);
            int until = (int) what[2];
            int begun =
                    minuteOf(Objects.requireNonNull(campus.deratings().get(id)).from());
            if (until <= now) {
                return;
            }
            RiskDecisions.decide(new RestorePower(id, minute(now), UUID.randomUUID(), minute(now)), campus, ledger)
                    .forEach(this::tell);
            add(String.valueOf(what[0]), Math.max(now, begun), until, (long) what[1]);
        }

        private void slip() {
            int until = now + 1 + random.nextInt(MINUTES - now - 1);
            RiskDecisions.decide(
                            new PostponePhase(new PhaseId("p"), minute(until), "x", UUID.randomUUID(), minute(now)),
                            campus,
                            ledger)
                    .forEach(this::tell);
            releases.values().forEach(release -> {
                if (release[0] > now && release[0] < until) {
                    add("p", release[0], until, -release[1]);
                    release[0] = until;
                }
            });
        }

        private void check() {
            var expected = new ArrayList<String>();
            var kept = new ArrayList<Told>();
            for (var commitment : commitments) {
                if (commitment.until() > now) {
                    kept.add(commitment);
                    if (overdrawn(kept)) {
                        kept.remove(commitment);
                        expected.add(commitment.reservation());
                    }
                }
            }
            var found = Risk.assess(campus, ledger, minute(now));
            assertThat(found.stream()
                            .map(risk -> risk.commitment().reservation().toString()))
                    .as("%s at minute %d", name, now)
                    .containsExactlyElementsOf(expected);
            var told = new HashSet<>(ledger.atRisk().keySet());
            told.removeIf(reservation -> commitments.stream()
                    .anyMatch(commitment -> commitment.reservation().equals(reservation) && commitment.until() <= now));
            assertThat(told).as("%s: told", name).containsExactlyInAnyOrderElementsOf(expected);
            atRisk += expected.size();

            Risk.moves(campus, found, minute(now)).forEach((reservation, placed) -> {
                var commitment = commitments.stream()
                        .filter(candidate -> candidate.reservation().equals(reservation))
                        .findFirst()
                        .orElseThrow();
                kept.add(new Told(reservation, names(placed), Math.max(now, commitment.from()), commitment.until()));
                moves++;
            });
            assertThat(overdrawn(kept)).as("%s: all moves together", name).isFalse();
            for (int minute = now; minute < MINUTES; minute++) {
                var seen = new HashSet<String>();
                for (var commitment : kept) {
                    if (commitment.from() <= minute && minute < commitment.until()) {
                        for (var rack : commitment.racks()) {
                            assertThat(seen.add(rack))
                                    .as("%s: rack %s twice", name, rack)
                                    .isTrue();
                        }
                    }
                }
            }
        }

        private boolean overdrawn(List<Told> standing) {
            for (var node : limits.keySet()) {
                for (int minute = now; minute < MINUTES; minute++) {
                    if (drawn(node, minute, standing) > Math.max(0, limit(node, minute))) {
                        return true;
                    }
                }
            }
            return false;
        }

        private long limit(String node, int minute) {
            return limits.getOrDefault(node, new long[MINUTES])[minute];
        }

        private long drawn(String node, int minute, List<Told> standing) {
            return standing.stream()
                    .filter(commitment -> commitment.from() <= minute && minute < commitment.until())
                    .flatMap(commitment -> commitment.racks().stream())
                    .filter(rack -> nodesOf.getOrDefault(rack, List.of()).contains(node))
                    .mapToLong(rack -> watts.getOrDefault(rack, 0L))
                    .sum();
        }

        private void add(String node, int from, int until, long power) {
            var limit = limits.getOrDefault(node, new long[MINUTES]);
            for (int minute = from; minute < until; minute++) {
                limit[minute] += power;
            }
        }

        private static long[] filled(long limit) {
            var minutes = new long[MINUTES];
            Arrays.fill(minutes, limit);
            return minutes;
        }

        private static Set<String> names(Placement.Placed placed) {
            var names = new HashSet<String>();
            placed.shares()
                    .forEach(share -> share.racks().stream().map(RackId::value).forEach(names::add));
            return names;
        }

        private void tell(CampusEvent event) {
            campuses.tell(event);
            ledgers.tell(event);
            campus = campuses.state();
            ledger = ledgers.state();
        }

        private static Instant minute(int minute) {
            return Scenes.NOW.plusSeconds(minute * 60L);
        }

        private static int minuteOf(Instant instant) {
            return (int) ((instant.getEpochSecond() - Scenes.NOW.getEpochSecond()) / 60);
        }
    }

    @Test
    void what_is_at_risk_is_told_once_for_each_change_and_so_is_its_end() {
        var campus = Scenes.small();
        var ledger = Ledger.EMPTY;
        var confirmed = new ReservationConfirmed(
                new ReservationId(new UUID(0, 1)),
                new ContractId(new UUID(0, 2)),
                new TenantId("t"),
                Scenes.days(1, 5),
                new Demand(1, null, List.of()),
                ((Placement.Placed) Placement.of(new Demand(1, null, List.of()), Scenes.days(1, 5), campus)).shares(),
                72,
                Scenes.NVL72,
                UUID.randomUUID(),
                Scenes.NOW);
        campus = campus.evolve(confirmed);
        ledger = ledger.evolve(confirmed);
        var derate = new DeratePower(
                new UUID(0, 9),
                new NodeId("h1"),
                DeratingCause.OUTAGE,
                Scenes.NVL72.times(2),
                Scenes.days(2, 3),
                "out",
                Scenes.NOW);

        var lost = RiskDecisions.decide(derate, campus, ledger);
        for (var event : lost) {
            campus = campus.evolve(event);
            ledger = ledger.evolve(event);
        }
        var again = RiskDecisions.decide(new AssessRisk(Scenes.NOW), campus, ledger);
        var restored = RiskDecisions.decide(
                new RestorePower(new UUID(0, 9), Scenes.NOW, UUID.randomUUID(), Scenes.NOW), campus, ledger);

        assertThat(lost).hasSize(2).last().isInstanceOfSatisfying(ReservationAtRisk.class, risk -> {
            assertThat(risk.shortfalls()).singleElement().satisfies(shortfall -> {
                assertThat(shortfall.node()).isEqualTo(new NodeId("h1"));
                assertThat(shortfall.from()).isEqualTo(Scenes.day(2));
                assertThat(shortfall.missing()).isEqualTo(Scenes.NVL72);
            });
        });
        assertThat(again).isEmpty();
        assertThat(RiskDecisions.decide(derate, campus, ledger)).as("a retry").isEmpty();
        assertThat(restored).hasSize(2).last().isInstanceOf(ReservationNoLongerAtRisk.class);
    }
}
