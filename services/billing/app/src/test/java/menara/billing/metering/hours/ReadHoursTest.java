package menara.billing.metering.hours;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import menara.billing.meters.Aggregation;
import menara.billing.meters.Meter;
import menara.values.Period;
import org.junit.jupiter.api.Test;

class ReadHoursTest {

    private static final YearMonth JUNE = YearMonth.of(2026, 6);
    private static final long MICROS = Meter.MICROS_PER_UNIT;

    @Test
    void each_aggregation_makes_its_own_quantity_of_an_hours_readings() {
        var readings = List.of(
                reading("2026-06-01T10:00:00Z", 4, "ann"),
                reading("2026-06-01T10:30:00Z", 9, "bob"),
                reading("2026-06-01T10:59:59Z", 5, "ann"));
        assertThat(units(Aggregation.UNIQUE, readings)).isEqualTo("10:2");
        assertThat(units(Aggregation.AVG, readings)).isEqualTo("10:6");
        assertThat(units(Aggregation.MIN, readings)).isEqualTo("10:4");
        assertThat(units(Aggregation.MAX, readings)).isEqualTo("10:9");
        assertThat(units(Aggregation.LAST, readings)).isEqualTo("10:5");
    }

    @Test
    void a_counter_that_falls_was_reset_and_the_order_of_arrival_does_not_matter() {
        var readings = new ArrayList<>(List.of(
                reading("2026-05-31T23:50:00Z", 100, ""),
                reading("2026-06-01T00:10:00Z", 130, ""),
                reading("2026-06-01T01:10:00Z", 150, ""),
                reading("2026-06-01T01:40:00Z", 7, ""),
                reading("2026-06-01T02:10:00Z", 9, "")));
        for (int i = 0; i < 10; i++) {
            Collections.shuffle(readings, new Random(i));
            assertThat(units(Aggregation.COUNTER, readings)).isEqualTo("0:30 1:27 2:2");
        }
    }

    @Test
    void a_gauge_holds_until_the_next_reading_and_a_silent_sensor_for_a_day() {
        var gauge = Meter.defined("storage", "TiB h", Aggregation.GAUGE, List.of());
        var hours = ReadHours.of(
                gauge,
                List.of(reading("2026-05-31T23:00:00Z", 10, ""), reading("2026-06-01T00:30:00Z", 20, "")),
                JUNE,
                ZoneOffset.UTC,
                Instant.MAX);
        // June: half an hour at 10, then 24 hours at 20.
        assertThat(hours.sum(Instant.MIN, Instant.MAX).longValueExact())
                .isEqualTo((5 + 24 * 20) * gauge.partsPerUnit());
        assertThat(hours.size()).isEqualTo(25);
    }

    @Test
    void days_of_23_and_25_hours_have_as_many_windows_and_lose_nothing() {
        var paris = ZoneId.of("Europe/Paris");
        var gauge = Meter.defined("storage", "TiB h", Aggregation.GAUGE, List.of());
        for (var day : List.of("2026-03-29", "2026-10-25", "2026-06-10")) {
            var date = java.time.LocalDate.parse(day);
            var lived = new Period(
                    date.atStartOfDay(paris).toInstant(),
                    date.plusDays(1).atStartOfDay(paris).toInstant());
            var hours = ReadHours.of(
                    gauge,
                    List.of(
                            new Contribution.Reading("a", lived.from().toEpochMilli(), MICROS, ""),
                            new Contribution.Reading(
                                    "b", lived.from().plusSeconds(43_200).toEpochMilli(), MICROS, ""),
                            new Contribution.Reading("c", lived.until().toEpochMilli(), 0, "")),
                    YearMonth.from(date),
                    paris,
                    Instant.MAX);
            assertThat(hours.sum(lived.from(), lived.until()).longValueExact())
                    .as(day)
                    .isEqualTo(lived.duration().toHours() * gauge.partsPerUnit());
            assertThat(hours.within(lived.from(), lived.until()).size()).as(day).isEqualTo((int)
                    lived.duration().toHours());
        }
    }

    private static Contribution.Reading reading(String at, long units, String member) {
        return new Contribution.Reading(at, Instant.parse(at).toEpochMilli(), units * MICROS, member);
    }

    private static String units(Aggregation aggregation, List<Contribution.Reading> readings) {
        var meter = Meter.defined("tokens", "M tokens", aggregation, List.of());
        return ReadHours.of(meter, readings, JUNE, ZoneOffset.UTC, Instant.MAX).toMap().entrySet().stream()
                .map(hour -> hour.getKey().atZone(ZoneOffset.UTC).getHour() + ":"
                        + hour.getValue().longValueExact() / MICROS)
                .collect(Collectors.joining(" "));
    }
}
