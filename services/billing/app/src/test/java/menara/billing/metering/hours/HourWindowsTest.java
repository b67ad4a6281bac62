package menara.billing.metering.hours;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import menara.testkit.Seeds;
import menara.values.Period;
import org.junit.jupiter.api.Test;

class HourWindowsTest {

    private static final long HOUR = 3_600_000;

    @Test
    void a_period_is_cut_at_full_hours() {
        assertThat(split("2026-01-05T10:20:00Z", "2026-01-05T12:00:00.001Z", "UTC"))
                .containsExactly(
                        Map.entry(Instant.parse("2026-01-05T10:00:00Z"), 40 * 60_000L),
                        Map.entry(Instant.parse("2026-01-05T11:00:00Z"), HOUR),
                        Map.entry(Instant.parse("2026-01-05T12:00:00Z"), 1L));
    }

    @Test
    void hours_are_those_of_the_zones_clock() {
        // India is five and a half hours ahead: its hours begin at half past in UTC.
        assertThat(split("2026-01-05T10:00:00Z", "2026-01-05T11:00:00Z", "Asia/Kolkata"))
                .containsExactly(
                        Map.entry(Instant.parse("2026-01-05T09:30:00Z"), HOUR / 2),
                        Map.entry(Instant.parse("2026-01-05T10:30:00Z"), HOUR / 2));
    }

    @Test
    void a_day_has_23_hours_when_the_clock_goes_forward_and_25_when_it_goes_back() {
        assertThat(hoursOf("2026-03-29", "Europe/Paris")).hasSize(23);
        assertThat(hoursOf("2026-10-25", "Europe/Paris")).hasSize(25);
        assertThat(hoursOf("2026-10-24", "Europe/Paris")).hasSize(24);
        // Morocco leaves its usual hour for the month of Ramadan.
        assertThat(hoursOf("2026-02-15", "Africa/Casablanca")).hasSize(25);
        assertThat(hoursOf("2026-03-22", "Africa/Casablanca")).hasSize(23);
    }

    @Test
    void both_hours_of_the_same_name_in_autumn_are_windows_of_their_own() {
        assertThat(hoursOf("2026-10-25", "Europe/Paris").keySet())
                .contains(Instant.parse("2026-10-25T00:00:00Z"), Instant.parse("2026-10-25T01:00:00Z"));
        assertThat(hoursOf("2026-10-25", "Europe/Paris").values()).containsOnly(HOUR);
    }

    @Test
    void a_clock_that_shifts_by_half_an_hour_gets_a_long_and_a_short_window() {
        assertThat(hoursOf("2026-04-05", "Australia/Lord_Howe").values()).contains(HOUR * 3 / 2);
        assertThat(hoursOf("2026-10-04", "Australia/Lord_Howe").values()).contains(HOUR / 2);
    }

    @Test
    void a_window_belongs_to_the_month_of_the_zone() {
        var newYearInSeoul = Instant.parse("2025-12-31T15:00:00Z");
        assertThat(HourWindows.monthOf(newYearInSeoul, ZoneId.of("Asia/Seoul"))).isEqualTo(YearMonth.of(2026, 1));
        assertThat(HourWindows.monthOf(newYearInSeoul, ZoneId.of("UTC"))).isEqualTo(YearMonth.of(2025, 12));
    }

    @Test
    void windows_cover_any_period_in_any_zone_without_gap_or_overlap() {
        long seed = Seeds.of(HourWindowsTest.class);
        var random = new Random(seed);
        var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        for (int i = 0; i < 2_000; i++) {
            var zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            var from = Instant.ofEpochMilli(1_700_000_000_000L + random.nextLong(100_000_000_000L));
            var until = from.plusMillis(1 + random.nextLong(20 * 24 * HOUR));
            var sum = new long[1];
            var starts = new ArrayList<Instant>();
            HourWindows.split(new Period(from, until), zone, (hour, millis) -> {
                assertThat(millis).as("%s %s", zone, hour).isPositive();
                assertThat(HourWindows.startOf(hour, zone)).isEqualTo(hour);
                sum[0] += millis;
                starts.add(hour);
            });
            assertThat(sum[0]).as("%s from %s", zone, from).isEqualTo(until.toEpochMilli() - from.toEpochMilli());
            assertThat(starts).isSorted().doesNotHaveDuplicates();
        }
    }

    private static Map<Instant, Long> hoursOf(String date, String zone) {
        var day = LocalDate.parse(date);
        var id = ZoneId.of(zone);
        return windows(
                new Period(
                        day.atStartOfDay(id).toInstant(),
                        day.plusDays(1).atStartOfDay(id).toInstant()),
                id);
    }

    private static List<Map.Entry<Instant, Long>> split(String from, String until, String zone) {
        return List.copyOf(windows(new Period(Instant.parse(from), Instant.parse(until)), ZoneId.of(zone))
                .entrySet());
    }

    private static Map<Instant, Long> windows(Period period, ZoneId zone) {
        var windows = new LinkedHashMap<Instant, Long>();
        HourWindows.split(period, zone, windows::put);
        return windows;
    }
}
