package menara.investment.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HolidayFileTest {

    private static final ZoneId CASABLANCA = ZoneId.of("Africa/Casablanca");

    @Test
    void a_day_of_every_year_and_a_day_of_one_year_are_holidays() {
        var calendar = HolidayFile.read(CASABLANCA, "# Morocco\n\n11-06,Green March\n2027-03-10,Eid al-Fitr\n");

        assertThat(calendar.isBusinessDay(LocalDate.of(2026, 11, 6))).isFalse();
        assertThat(calendar.isBusinessDay(LocalDate.of(2028, 11, 6))).isFalse();
        assertThat(calendar.isBusinessDay(LocalDate.of(2027, 3, 10))).isFalse();
        assertThat(calendar.isBusinessDay(LocalDate.of(2026, 3, 10))).isTrue();
    }

    @Test
    void a_line_that_cannot_be_read_is_named() {
        assertThatThrownBy(() -> HolidayFile.read(CASABLANCA, "11-06,Green March\n13-40,Nonsense\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("13-40");
    }

    @Test
    void blanks_and_indented_comments_are_skipped() {
        var calendar = HolidayFile.read(CASABLANCA, "   \n  # Morocco\n 11-06 ,Green March\n\t\n");

        assertThat(calendar.isBusinessDay(LocalDate.of(2026, 11, 6))).isFalse();
    }

    @Test
    void a_quote_that_is_not_closed_is_refused() {
        assertThatThrownBy(() -> HolidayFile.read(CASABLANCA, "11-06,\"Green March\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holidays");
    }

    @Test
    void the_file_that_ships_can_be_read() {
        var calendar = HolidayFile.read(CASABLANCA, shipped());

        assertThat(calendar.isBusinessDay(LocalDate.of(2026, 11, 18))).isFalse();
        assertThat(calendar.isBusinessDay(LocalDate.of(2026, 11, 17))).isTrue();
    }

    private static String shipped() {
        try (var file = HolidayFileTest.class.getResourceAsStream("/holidays-ma.csv")) {
            return new String(Objects.requireNonNull(file, "holidays-ma.csv").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
