package menara.investment.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BusinessCalendarTest {

    private static final ZoneId CASABLANCA = ZoneId.of("Africa/Casablanca");
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 2);
    private static final BusinessCalendar PLAIN = new BusinessCalendar(CASABLANCA, Set.of(), Set.of());

    @Test
    void ten_business_days_are_two_weeks() {
        assertThat(PLAIN.after(MONDAY, 10)).isEqualTo(MONDAY.plusDays(14));
    }

    @Test
    void counting_begins_on_the_next_business_day_when_it_starts_on_a_weekend() {
        assertThat(PLAIN.after(MONDAY.minusDays(1), 1)).isEqualTo(MONDAY);
        assertThat(PLAIN.after(MONDAY.minusDays(2), 10)).isEqualTo(LocalDate.of(2026, 11, 13));
    }

    @Test
    void holidays_of_every_year_and_of_one_year_do_not_count() {
        var calendar = new BusinessCalendar(
                CASABLANCA, Set.of(MonthDay.of(11, 6)), Set.of(LocalDate.of(2026, 11, 9), LocalDate.of(2025, 11, 10)));

        assertThat(calendar.after(MONDAY, 10)).isEqualTo(LocalDate.of(2026, 11, 18));
    }

    @Test
    void the_day_is_the_one_in_the_calendars_zone() {
        assertThat(PLAIN.dayOf(Instant.parse("2026-07-01T23:30:00Z"))).isEqualTo(LocalDate.of(2026, 7, 2));
    }
}
