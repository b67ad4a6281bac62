package menara.capacity.campus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.SplittableRandom;
import menara.testkit.Seeds;
import menara.values.Period;
import menara.values.Power;
import org.junit.jupiter.api.Test;

class HeadroomTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final int SLOTS = 240;

    @Test
    void a_node_with_nothing_committed_has_its_limit_free() {
        var free = Headroom.of(Power.kilowatts(5));

        assertThat(free.lowest(hours(0, 10))).isEqualTo(new Headroom.Low(NOON, 5_000));
    }

    @Test
    void power_is_there_from_the_instant_of_its_release_and_not_a_nanosecond_before() {
        var free = Headroom.of(Power.ZERO).grownFrom(NOON, Power.watts(7));

        assertThat(free.at(NOON.minusNanos(1))).isZero();
        assertThat(free.at(NOON)).isEqualTo(7);
        assertThat(free.lowestWatts(new Period(NOON.minusNanos(1), NOON.plusSeconds(1))))
                .isZero();
        assertThat(free.lowestWatts(new Period(NOON, NOON.plusSeconds(1)))).isEqualTo(7);
    }

    @Test
    void what_ends_at_an_instant_is_free_at_that_instant() {
        var free = Headroom.of(Power.watts(10)).takenFor(hours(0, 2), Power.watts(4));

        assertThat(free.lowestWatts(hours(2, 3))).isEqualTo(10);
        assertThat(free.lowestWatts(hours(1, 2))).isEqualTo(6);
        assertThat(free.lowestWatts(new Period(NOON.minusSeconds(60), NOON))).isEqualTo(10);
    }

    @Test
    void the_lowest_level_is_named_with_the_first_instant_that_has_it() {
        var free = Headroom.of(Power.watts(10))
                .takenFor(hours(1, 2), Power.watts(4))
                .takenFor(hours(3, 4), Power.watts(6))
                .takenFor(hours(5, 6), Power.watts(6));

        assertThat(free.lowest(hours(0, 9))).isEqualTo(new Headroom.Low(NOON.plusSeconds(3 * 3_600), 4));
    }

    @Test
    void what_was_given_back_early_is_free_from_then_on() {
        var free = Headroom.of(Power.watts(10))
                .takenFor(hours(0, 10), Power.watts(4))
                .givenBack(hours(4, 5).from(), hours(0, 10).until(), Power.watts(4));

        assertThat(free.lowestWatts(hours(3, 4))).isEqualTo(6);
        assertThat(free.lowestWatts(hours(4, 20))).isEqualTo(10);
    }

    @Test
    void it_agrees_with_an_array_of_seconds_on_random_calendars() {
        long seed = Seeds.of(HeadroomTest.class);
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            var free = Headroom.of(Power.watts(1_000));
            var seconds = new long[SLOTS];
            Arrays.fill(seconds, 1_000);
            var taken = new ArrayList<Taken>();
            for (int i = 0; i < 60; i++) {
                if (taken.isEmpty() || random.nextInt(3) > 0) {
                    int from = random.nextInt(SLOTS - 1);
                    int until = from + 1 + random.nextInt(SLOTS - from - 1);
                    var more = new Taken(from, until, random.nextInt(100));
                    taken.add(more);
                    free = free.takenFor(more.period(), Power.watts(more.watts()));
                    more.addTo(seconds, -1);
                } else {
                    var less = taken.remove(random.nextInt(taken.size()));
                    free = less.givenBack(free);
                    less.addTo(seconds, 1);
                }
                int askFrom = random.nextInt(SLOTS - 1);
                int askUntil = askFrom + 1 + random.nextInt(SLOTS - askFrom - 1);
                assertThat(free.lowest(seconds(askFrom, askUntil))).isEqualTo(lowest(seconds, askFrom, askUntil));
                assertThat(free.steps()).isEqualTo(steps(seconds));
            }
            for (var left : taken) {
                free = left.givenBack(free);
            }
            assertThat(free.steps()).isZero();
        }
    }

    private record Taken(int from, int until, int watts) {

        Period period() {
            return seconds(from, until);
        }

        Headroom givenBack(Headroom free) {
            return free.givenBack(period().from(), period().until(), Power.watts(watts));
        }

        void addTo(long[] seconds, int sign) {
            for (int second = from; second < until; second++) {
                seconds[second] += (long) sign * watts;
            }
        }
    }

    /** How often the level changes, also to the level of before at the end. */
    private static int steps(long[] seconds) {
        int steps = 0;
        long before = 1_000;
        for (long level : seconds) {
            steps += level == before ? 0 : 1;
            before = level;
        }
        return steps + (before == 1_000 ? 0 : 1);
    }

    private static Headroom.Low lowest(long[] seconds, int from, int until) {
        var levels = new ArrayList<Headroom.Low>();
        for (int second = from; second < until; second++) {
            levels.add(new Headroom.Low(NOON.plusSeconds(second), seconds[second]));
        }
        return levels.stream()
                .reduce((first, second) -> second.watts() < first.watts() ? second : first)
                .orElseThrow();
    }

    private static Period seconds(int from, int until) {
        return new Period(NOON.plusSeconds(from), NOON.plusSeconds(until));
    }

    private static Period hours(int from, int until) {
        return seconds(from * 3_600, until * 3_600);
    }
}
