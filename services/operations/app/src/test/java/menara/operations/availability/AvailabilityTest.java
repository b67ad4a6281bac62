package menara.operations.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import menara.operations.allocations.AllocationHistory.Allocation;
import menara.operations.incidents.IncidentHistory.Outage;
import menara.values.IncidentId;
import menara.values.Period;
import menara.values.RackId;
import org.junit.jupiter.api.Test;

/** Every expected figure is worked by hand in the comment beside it. */
class AvailabilityTest {

    private static final ZoneId CASABLANCA = ZoneId.of("Africa/Casablanca");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Period APRIL = Period.month(YearMonth.of(2026, 4), UTC);
    private static final Period YEAR = period("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    private static final long HOUR = 3_600;

    @Test
    void a_month_without_incidents_is_available_all_the_time() {
        var availability = Availability.of(APRIL, List.of(allocation(YEAR, "r1", "r2")), List.of());

        // 2 racks x 30 days x 24 h
        assertThat(availability).isEqualTo(new Availability(2 * 720 * HOUR, 0, List.of()));
        assertThat(availability.percent()).contains(new BigDecimal("100"));
        assertThat(availability.scheduledRackMinutes()).isEqualTo(new BigDecimal("86400"));
    }

    @Test
    void an_outage_counts_for_each_of_its_racks_that_is_allocated() {
        var outage = outage(1, "2026-04-10T10:00:00Z", "2026-04-10T11:30:00Z", "r1", "r2", "somebody-elses");

        var availability = Availability.of(APRIL, List.of(allocation(YEAR, "r1", "r2", "r3")), List.of(outage));

        // 2 of 3 racks x 90 min; 100 x (129,600 - 180) / 129,600 = 99.86111...
        assertThat(availability).isEqualTo(new Availability(3 * 720 * HOUR, 2 * 5_400, List.of(incident(1))));
        assertThat(availability.unavailableRackMinutes()).isEqualTo(new BigDecimal("180"));
        assertThat(availability.percent()).contains(new BigDecimal("99.861111"));
    }

    @Test
    void overlapping_incidents_on_a_rack_count_once() {
        var first = outage(1, "2026-04-10T10:00:00Z", "2026-04-10T12:00:00Z", "r1");
        var second = outage(2, "2026-04-10T11:00:00Z", "2026-04-10T13:00:00Z", "r1", "r2");
        var within = outage(3, "2026-04-10T10:30:00Z", "2026-04-10T10:40:00Z", "r1");

        var availability =
                Availability.of(APRIL, List.of(allocation(YEAR, "r1", "r2")), List.of(second, within, first));

        // r1: 10:00-13:00 = 3 h; r2: 11:00-13:00 = 2 h
        assertThat(availability)
                .isEqualTo(new Availability(2 * 720 * HOUR, 5 * HOUR, List.of(incident(1), incident(2), incident(3))));
    }

    @Test
    void adjacent_incidents_neither_overlap_nor_leave_a_gap() {
        var first = outage(1, "2026-04-10T10:00:00Z", "2026-04-10T11:00:00Z", "r1");
        var second = outage(2, "2026-04-10T11:00:00Z", "2026-04-10T12:00:00Z", "r1");

        var availability = Availability.of(APRIL, List.of(allocation(YEAR, "r1")), List.of(first, second));

        assertThat(availability.unavailableRackSeconds()).isEqualTo(2 * HOUR);
    }

    @Test
    void an_incident_across_the_end_of_a_month_is_split_at_the_contracts_midnight() {
        // Casablanca is an hour ahead of UTC in spring: May begins at 2026-04-30T23:00Z there
        var outage = outage(1, "2026-04-30T22:00:00Z", "2026-05-01T03:00:00Z", "r1");
        var allocations = List.of(allocation(YEAR, "r1"));

        var april = Availability.of(Period.month(YearMonth.of(2026, 4), CASABLANCA), allocations, List.of(outage));
        var may = Availability.of(Period.month(YearMonth.of(2026, 5), CASABLANCA), allocations, List.of(outage));

        assertThat(april).isEqualTo(new Availability(720 * HOUR, HOUR, List.of(incident(1))));
        assertThat(may).isEqualTo(new Availability(744 * HOUR, 4 * HOUR, List.of(incident(1))));
    }

    @Test
    void an_allocation_that_starts_in_the_middle_of_an_incident_suffers_only_the_rest() {
        var outage = outage(1, "2026-04-10T10:00:00Z", "2026-04-10T14:00:00Z", "r1");
        var started = allocation(period("2026-04-10T13:00:00Z", "2027-01-01T00:00:00Z"), "r1");

        var availability = Availability.of(APRIL, List.of(started), List.of(outage));

        // due from the 10th 13:00 to the 30th 24:00: 20 days 11 h = 491 h; down 13:00-14:00
        assertThat(availability).isEqualTo(new Availability(491 * HOUR, HOUR, List.of(incident(1))));
    }

    @Test
    void an_incident_outside_the_allocation_is_not_the_contracts() {
        var outage = outage(1, "2026-04-10T10:00:00Z", "2026-04-10T13:00:00Z", "r1");
        var later = allocation(period("2026-04-10T13:00:00Z", "2026-04-11T13:00:00Z"), "r1");

        assertThat(Availability.of(APRIL, List.of(later), List.of(outage)))
                .isEqualTo(new Availability(24 * HOUR, 0, List.of()));
    }

    @Test
    void a_rack_of_two_allocations_at_once_is_due_once() {
        var first = allocation(period("2026-04-01T00:00:00Z", "2026-04-02T12:00:00Z"), "r1");
        var second = allocation(period("2026-04-02T00:00:00Z", "2026-04-03T00:00:00Z"), "r1");

        assertThat(Availability.of(APRIL, List.of(first, second), List.of()).scheduledRackSeconds())
                .isEqualTo(48 * HOUR);
    }

    @Test
    void march_in_paris_has_743_hours_and_october_745() {
        var allocations = List.of(allocation(YEAR, "r1"));

        var march = Availability.of(Period.month(YearMonth.of(2026, 3), PARIS), allocations, List.of());
        var october = Availability.of(Period.month(YearMonth.of(2026, 10), PARIS), allocations, List.of());

        assertThat(march.scheduledRackSeconds()).isEqualTo(743 * HOUR);
        assertThat(october.scheduledRackSeconds()).isEqualTo(745 * HOUR);
    }

    @Test
    void the_clock_change_after_ramadan_takes_an_hour_from_march_in_casablanca() {
        // 2026-03-22: legal time goes from +00:00 back to +01:00
        var outage = outage(1, "2026-03-22T01:00:00Z", "2026-03-22T03:00:00Z", "r1");

        var march = Availability.of(
                Period.month(YearMonth.of(2026, 3), CASABLANCA), List.of(allocation(YEAR, "r1")), List.of(outage));

        // the outage lasted two hours, whatever the wall clock showed
        assertThat(march).isEqualTo(new Availability(743 * HOUR, 2 * HOUR, List.of(incident(1))));
    }

    @Test
    void nothing_scheduled_has_no_percentage() {
        assertThat(Availability.of(APRIL, List.of(), List.of()).percent()).isEmpty();
    }

    @Test
    void a_month_of_nothing_but_outage_is_zero_percent() {
        var all = new Outage(incident(1), List.of(new RackId("r1")), YEAR);

        var availability = Availability.of(APRIL, List.of(allocation(YEAR, "r1")), List.of(all));

        assertThat(availability.percent()).contains(new BigDecimal("0"));
        assertThat(availability.unavailableCommencedRackMinutes())
                .isEqualTo(availability.scheduledCommencedRackMinutes());
    }

    @Test
    void a_second_of_outage_is_a_commenced_minute_and_never_shows_as_100_percent() {
        var outage = outage(1, "2026-04-10T10:00:00Z", "2026-04-10T10:00:01Z", "r1");
        var site = allocation(YEAR, Stream.concat(Stream.of("r1"), racks(3_000)).toArray(String[]::new));

        var availability = Availability.of(APRIL, List.of(site), List.of(outage));

        assertThat(availability.unavailableCommencedRackMinutes()).isEqualTo(1);
        assertThat(availability.unavailableRackMinutes()).isEqualTo(new BigDecimal("0.016667"));
        assertThat(availability.percent()).contains(new BigDecimal("99.999999"));
    }

    @Test
    void commenced_minutes_are_counted_on_the_sum_over_racks() {
        var outage = outage(1, "2026-04-10T10:00:00Z", "2026-04-10T10:00:20Z", "r1", "r2", "r3");

        var availability = Availability.of(APRIL, List.of(allocation(YEAR, "r1", "r2", "r3")), List.of(outage));

        // 3 x 20 s = 60 s = 1 minute, not three commenced ones
        assertThat(availability.unavailableCommencedRackMinutes()).isEqualTo(1);
    }

    @Test
    void a_fraction_of_a_second_is_cut_off_both_ends_so_that_neighbours_stay_neighbours() {
        var first = outage(1, "2026-04-10T10:00:00.700Z", "2026-04-10T10:00:10.900Z", "r1");
        var second = outage(2, "2026-04-10T10:00:10.900Z", "2026-04-10T10:00:20.100Z", "r1");

        var availability = Availability.of(APRIL, List.of(allocation(YEAR, "r1")), List.of(first, second));

        assertThat(availability.unavailableRackSeconds()).isEqualTo(20);
    }

    private static Stream<String> racks(int count) {
        return Stream.iterate(1, n -> n + 1).limit(count).map(n -> "site-" + n);
    }

    private static Allocation allocation(Period period, String... racks) {
        return new Allocation(Stream.of(racks).map(RackId::new).toList(), period);
    }

    private static Outage outage(int incident, String from, String until, String... racks) {
        return new Outage(incident(incident), Stream.of(racks).map(RackId::new).toList(), period(from, until));
    }

    private static IncidentId incident(int number) {
        return new IncidentId(new UUID(0, number));
    }

    private static Period period(String from, String until) {
        return Period.between(Instant.parse(from), Instant.parse(until));
    }
}
