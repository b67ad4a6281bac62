package menara.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PeriodTest {

    private static final ZoneId CASABLANCA = ZoneId.of("Africa/Casablanca");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @Test
    void the_end_is_outside_so_neighbours_neither_overlap_nor_leave_a_gap() {
        var morning = period("2026-01-01T00:00:00Z", "2026-01-01T12:00:00Z");
        var evening = period("2026-01-01T12:00:00Z", "2026-01-02T00:00:00Z");
        var noon = Instant.parse("2026-01-01T12:00:00Z");

        assertThat(morning.overlaps(evening)).isFalse();
        assertThat(morning.intersection(evening)).isEmpty();
        assertThat(morning.contains(noon)).isFalse();
        assertThat(evening.contains(noon)).isTrue();
    }

    @Test
    void an_intersection_is_what_both_cover() {
        assertThat(period("2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z")
                        .intersection(period("2026-01-02T00:00:00Z", "2026-01-05T00:00:00Z")))
                .contains(period("2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"));
    }

    @Test
    void a_period_that_ends_before_it_begins_or_at_once_is_refused() {
        assertThatThrownBy(() -> period("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must end after it begins");
        assertThatThrownBy(() -> period("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_month_has_the_hours_that_were_lived_in_its_zone() {
        // The clocks go forward in Paris in March and back in October; in Morocco they go back and forth around
        // Ramadan.
        assertThat(Period.month(YearMonth.of(2026, 3), PARIS).duration()).isEqualTo(Duration.ofHours(743));
        assertThat(Period.month(YearMonth.of(2026, 10), PARIS).duration()).isEqualTo(Duration.ofHours(745));
        assertThat(Period.month(YearMonth.of(2026, 2), CASABLANCA).duration()).isEqualTo(Duration.ofHours(28 * 24 + 1));
        assertThat(Period.month(YearMonth.of(2026, 3), CASABLANCA).duration()).isEqualTo(Duration.ofHours(31 * 24 - 1));
    }

    private static Period period(String from, String until) {
        return Period.between(Instant.parse(from), Instant.parse(until));
    }
}
