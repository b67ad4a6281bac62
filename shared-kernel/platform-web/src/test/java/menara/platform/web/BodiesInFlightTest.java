package menara.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BodiesInFlightTest {

    private static final int STEPS = 100_000;

    @Test
    void one_party_takes_a_share_and_the_others_have_theirs() {
        var bodies = new BodiesInFlight(400, 10);
        assertThat(bodies.take("greedy", 100)).isTrue();
        assertThat(bodies.take("greedy", 1)).isFalse();
        assertThat(bodies.take("modest", 60)).isTrue();
        bodies.give("greedy", 100);
        assertThat(bodies.take("greedy", 100)).isTrue();
    }

    @Test
    void the_longest_body_that_a_route_takes_fits_into_the_share_of_a_party_that_sends_nothing_else() {
        var bodies = BodiesInFlight.inHeap(4_000, 150);
        assertThat(bodies.take("importer", 150)).isTrue();
        assertThat(bodies.take("importer", 1)).isFalse();
    }

    @Test
    void whatever_comes_and_goes_no_more_is_held_than_there_is_room_for_and_nothing_is_left_at_the_end() {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("BodiesInFlightTest: -Dmenara.seed=" + seed);
        var random = new Random(seed);
        var bodies = new BodiesInFlight(1_000, 10);
        var held = new HashMap<String, Long>();
        for (int step = 0; step < STEPS; step++) {
            var party = "party-" + random.nextInt(8);
            if (random.nextBoolean()) {
                int bytes = 1 + random.nextInt(120);
                long own = held.getOrDefault(party, 0L);
                boolean fits = sum(held) + bytes <= 1_000 && own + bytes <= 250;
                assertThat(bodies.take(party, bytes))
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(fits);
                if (fits) {
                    held.merge(party, (long) bytes, Long::sum);
                }
            } else if (held.containsKey(party)) {
                bodies.give(party, held.remove(party));
            }
            assertThat(bodies.held()).isEqualTo(sum(held));
        }
        held.forEach(bodies::give);
        assertThat(bodies.held()).isZero();
    }

    private static long sum(Map<String, Long> held) {
        return held.values().stream().mapToLong(Long::longValue).sum();
    }
}
