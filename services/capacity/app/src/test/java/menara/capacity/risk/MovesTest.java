package menara.capacity.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Rack;
import menara.capacity.campus.Scenes;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.deratings.DeratingCause;
import menara.capacity.ledger.Commitment;
import menara.capacity.ledger.Ledger;
import menara.capacity.placement.Placement;
import menara.capacity.reservation.RandomSite;
import menara.capacity.risk.RiskCommands.DeratePower;
import menara.testkit.Seeds;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;

/**
 * Commitments of all kinds on random sites that lose power: where a commitment could move, it gets what it asked for and no fewer GPUs than it
 * was committed; and where any racks at all would do, some are found.
 */
class MovesTest {

    private static final int HISTORIES = Integer.getInteger("menara.capacity.move-histories", 500);
    private static final Period PERIOD = Scenes.days(1, 30);

    private int moved;
    private int stuck;

    @Test
    void a_commitment_could_move_only_to_what_was_asked_for_and_wherever_that_is_to_be_had() {
        long seed = Seeds.of(MovesTest.class);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < HISTORIES; i++) {
            long historySeed = random.nextLong();
            play(new SplittableRandom(historySeed), "history " + historySeed);
        }
        System.out.println("MovesTest moved " + moved + ", stuck " + stuck);
        assertThat(moved).isGreaterThan(HISTORIES / 5);
        assertThat(stuck).isGreaterThan(HISTORIES / 20);
    }

    private void play(SplittableRandom random, String name) {
        var site = new RandomSite(random, true);
        var ledger = Ledger.EMPTY;
        var requests = new HashMap<String, Demand>();
        for (int i = 0; i < 5; i++) {
            var demand = site.demand();
            if (Placement.of(demand, PERIOD, site.campus()) instanceof Placement.Placed placed) {
                var confirmed = confirmed(i, demand, placed);
                site.tell(confirmed);
                ledger = ledger.evolve(confirmed);
                requests.put(confirmed.reservation().toString(), demand);
            }
        }
        var nodes = site.campus().limited();
        var node = nodes.get(random.nextInt(nodes.size()));
        var derate = new DeratePower(
                new UUID(0, 9),
                new NodeId(node),
                DeratingCause.OUTAGE,
                site.campus().builtFor(node),
                PERIOD,
                "out",
                Scenes.NOW);
        for (CampusEvent event : RiskDecisions.decide(derate, site.campus(), ledger)) {
            site.tell(event);
            ledger = ledger.evolve(event);
        }
        var atRisk = Risk.assess(site.campus(), ledger, Scenes.NOW);
        var moves = Risk.moves(site.campus(), atRisk, Scenes.NOW);
        var left = site.campus();
        for (var risk : atRisk) {
            var commitment = risk.commitment();
            var id = commitment.reservation().toString();
            var request = requests.getOrDefault(id, commitment.demand()).atLeast(gpus(commitment, left));
            var move = moves.get(id);
            var gone = left.without(commitment.shares(), PERIOD);
            if (move == null) {
                stuck++;
                assertThat(anyChoice(request, site, gone))
                        .as("%s: %s has nowhere to go", name, request)
                        .isEmpty();
            } else {
                moved++;
                assertThat(site.check()
                                .broken(
                                        RandomSite.request(request),
                                        move.racks().stream().map(RackId::value).toList()))
                        .as("%s: %s", name, request)
                        .isEmpty();
                assertThat(move.racks())
                        .as("%s: to racks that nobody else has by then", name)
                        .allMatch(rack -> gone.rack(rack).orElseThrow().taken().isFree(PERIOD));
                left = gone.with(move.shares(), PERIOD);
            }
        }
    }

    /** The first of all choices of free racks that is what is wanted and can be carried; empty if there is none. */
    private static List<String> anyChoice(Demand request, RandomSite site, Campus campus) {
        var free = campus.racks().filter(rack -> rack.taken().isFree(PERIOD)).toList();
        return choice(new ArrayList<>(), 0, free, request, site, campus);
    }

    private static List<String> choice(
            List<Rack> chosen, int from, List<Rack> free, Demand request, RandomSite site, Campus campus) {
        if (chosen.size() == request.count()) {
            var names = chosen.stream().map(rack -> rack.rack().value()).toList();
            return site.check().broken(RandomSite.request(request), names).isEmpty() ? names : List.of();
        }
        for (int i = from; i < free.size(); i++) {
            chosen.add(free.get(i));
            if (carried(chosen, campus)) {
                var found = choice(chosen, i + 1, free, request, site, campus);
                if (!found.isEmpty()) {
                    return found;
                }
            }
            chosen.removeLast();
        }
        return List.of();
    }

    private static boolean carried(List<Rack> racks, Campus campus) {
        var loads = new HashMap<String, Long>();
        racks.forEach(rack ->
                rack.above().forEach(node -> loads.merge(node, rack.power().watts(), Long::sum)));
        return loads.entrySet().stream()
                .allMatch(load -> load.getValue() <= campus.free(load.getKey()).lowestWatts(PERIOD));
    }

    private static int gpus(Commitment commitment, Campus campus) {
        return commitment.racks().stream()
                .mapToInt(rack -> campus.rack(rack).orElseThrow().gpus())
                .sum();
    }

    private static ReservationConfirmed confirmed(int number, Demand demand, Placement.Placed placed) {
        return new ReservationConfirmed(
                new ReservationId(new UUID(1, number)),
                new ContractId(new UUID(0, 1)),
                new TenantId("t"),
                PERIOD,
                demand,
                placed.shares(),
                placed.gpus(),
                placed.power(),
                new UUID(2, number),
                Scenes.NOW);
    }

    @Test
    void no_move_needs_the_racks_of_a_commitment_at_risk_that_stays_where_it_is() {
        var campus = Scenes.campus(
                Scenes.phase("p1", Scenes.NVL72.times(9)),
                Scenes.released("p1", Scenes.NVL72.times(9), Scenes.day(0)),
                Scenes.hall("h1", "p1", Scenes.NVL72.times(2)),
                Scenes.hall("h2", "p1", Scenes.NVL72.times(2)),
                Scenes.rack("a", "h1", "p1", Scenes.NVL72),
                Scenes.rack("b", "h2", "p1", Scenes.NVL72),
                Scenes.rack("c", "h2", "p1", Scenes.NVL72));
        var ledger = Ledger.EMPTY;
        for (int i = 1; i <= 2; i++) {
            var demand = new Demand(i, null, List.of());
            var confirmed = confirmed(i, demand, (Placement.Placed) Placement.of(demand, PERIOD, campus));
            campus = campus.evolve(confirmed);
            ledger = ledger.evolve(confirmed);
        }
        campus = campus.evolve(Scenes.derated("h1", List.of("p1", "h1"), Scenes.NVL72.times(2), PERIOD));
        campus = campus.evolve(Scenes.derated("h2", List.of("p1", "h2"), Scenes.NVL72, PERIOD));

        var atRisk = Risk.assess(campus, ledger, Scenes.NOW);

        assertThat(atRisk).hasSize(2);
        assertThat(Risk.moves(campus, atRisk, Scenes.NOW)).isEmpty();
    }

    @Test
    void a_move_is_found_though_smaller_racks_come_first_by_name() {
        var campus = Scenes.campus(
                Scenes.phase("p1", Scenes.NVL72.times(9)),
                Scenes.released("p1", Scenes.NVL72.times(9), Scenes.day(0)),
                Scenes.hall("h1", "p1", Scenes.NVL72),
                Scenes.hall("h2", "p1", Scenes.NVL72.times(4)),
                Scenes.rack("a", "h1", "p1", Scenes.NVL72),
                Scenes.rack("b", "h2", "p1", Power.kilowatts(20), 8),
                Scenes.rack("c", "h2", "p1", Power.kilowatts(20), 8),
                Scenes.rack("z", "h2", "p1", Scenes.NVL72));
        var one = new Demand(1, null, List.of());
        var confirmed = confirmed(1, one, (Placement.Placed) Placement.of(one, PERIOD, campus));
        campus = campus.evolve(confirmed);
        var ledger = Ledger.EMPTY.evolve(confirmed);
        campus = campus.evolve(Scenes.derated("h1", List.of("p1", "h1"), Scenes.NVL72, PERIOD));

        var moves = Risk.moves(campus, Risk.assess(campus, ledger, Scenes.NOW), Scenes.NOW);

        assertThat(moves.values())
                .singleElement()
                .satisfies(move -> assertThat(move.racks()).containsExactly(new RackId("z")));
    }
}
