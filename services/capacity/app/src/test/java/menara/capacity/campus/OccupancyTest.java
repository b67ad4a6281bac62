package menara.capacity.campus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import menara.values.Period;
import org.junit.jupiter.api.Test;

class OccupancyTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void a_rack_can_be_taken_back_to_back() {
        var taken = Occupancy.FREE.plus(days(0, 2)).plus(days(4, 6));

        assertThat(taken.isFree(days(2, 4))).isTrue();
        assertThat(taken.isFree(days(6, 9))).isTrue();
        assertThat(taken.isFree(new Period(START.minusSeconds(1), START))).isTrue();
    }

    @Test
    void a_rack_is_taken_when_a_single_instant_overlaps() {
        var taken = Occupancy.FREE.plus(days(4, 6)).plus(days(0, 2));

        assertThat(taken.firstIn(days(1, 4))).contains(days(0, 2));
        assertThat(taken.firstIn(new Period(days(3, 4).from(), days(4, 5).from().plusNanos(1))))
                .contains(days(4, 6));
        assertThat(taken.isFree(days(0, 9))).isFalse();
    }

    @Test
    void an_early_end_frees_the_rest() {
        var taken =
                Occupancy.FREE.plus(days(0, 6)).endedAt(days(0, 6), days(2, 3).from());

        assertThat(taken.isFree(days(2, 6))).isTrue();
        assertThat(taken.isFree(days(1, 3))).isFalse();
    }

    @Test
    void an_end_of_something_unknown_changes_nothing() {
        var taken = Occupancy.FREE.plus(days(0, 6));

        assertThat(taken.endedAt(days(0, 5), days(2, 3).from())).isEqualTo(taken);
    }

    private static Period days(int from, int until) {
        return new Period(START.plusSeconds(from * 86_400L), START.plusSeconds(until * 86_400L));
    }
}
