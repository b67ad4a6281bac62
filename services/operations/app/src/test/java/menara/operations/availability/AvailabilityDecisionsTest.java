package menara.operations.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import menara.operations.availability.AvailabilityCommands.MeasureAvailability;
import menara.operations.availability.MeasuredMonth.None;
import menara.values.ContractId;
import menara.values.IncidentId;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;

class AvailabilityDecisionsTest {

    private static final ContractMonth MARCH = new ContractMonth(new ContractId(new UUID(0, 7)), YearMonth.of(2026, 3));
    private static final TenantId TENANT = new TenantId("atlas");
    private static final Instant AT = Instant.parse("2026-03-10T12:00:00Z");
    private static final List<IncidentId> INCIDENTS = List.of(new IncidentId(new UUID(0, 1)));
    private static final Availability QUIET = new Availability(1_000, 0, List.of());
    private static final Availability DISTURBED = new Availability(1_000, 61, INCIDENTS);
    private static final Availability WORSE = new Availability(1_000, 122, INCIDENTS);

    @Test
    void the_first_outage_of_a_month_is_measured_in_whole_seconds_and_commenced_minutes() {
        assertThat(AvailabilityDecisions.decide(measure(DISTURBED, 3), new None()))
                .containsExactly(new AvailabilityMeasured(MARCH, TENANT, 1_000, 17, 61, 2, INCIDENTS, 1, 3, AT));
    }

    @Test
    void a_month_without_outage_is_noted_but_not_measured() {
        assertThat(AvailabilityDecisions.decide(measure(QUIET, 3), new None()))
                .containsExactly(new AvailabilityConfirmed(MARCH, 3, AT));
    }

    @Test
    void knowing_more_and_the_same_figures_confirm_the_measurement() {
        assertThat(AvailabilityDecisions.decide(measure(DISTURBED, 4), after(measured(DISTURBED, 1, 3))))
                .containsExactly(new AvailabilityConfirmed(MARCH, 4, AT));
    }

    @Test
    void knowing_more_and_other_figures_measure_again_with_the_next_revision() {
        assertThat(AvailabilityDecisions.decide(measure(WORSE, 4), after(measured(DISTURBED, 1, 3))))
                .containsExactly(measured(WORSE, 2, 4));
    }

    @Test
    void an_outage_that_was_corrected_away_is_measured_as_none() {
        assertThat(AvailabilityDecisions.decide(measure(QUIET, 4), after(measured(DISTURBED, 1, 3))))
                .containsExactly(measured(QUIET, 2, 4));
    }

    @Test
    void a_repeated_delivery_decides_nothing() {
        assertThat(AvailabilityDecisions.decide(measure(DISTURBED, 3), after(measured(DISTURBED, 1, 3))))
                .isEmpty();
    }

    @Test
    void a_straggler_that_knew_less_does_not_win() {
        var month = after(measured(DISTURBED, 1, 3), new AvailabilityConfirmed(MARCH, 5, AT));

        assertThat(AvailabilityDecisions.decide(measure(WORSE, 4), month)).isEmpty();
    }

    @Test
    void a_straggler_does_not_disturb_a_month_that_turned_out_quiet() {
        assertThat(AvailabilityDecisions.decide(measure(DISTURBED, 3), after(new AvailabilityConfirmed(MARCH, 4, AT))))
                .isEmpty();
    }

    @Test
    void an_outage_after_a_quiet_measurement_is_the_first_revision() {
        assertThat(AvailabilityDecisions.decide(measure(DISTURBED, 5), after(new AvailabilityConfirmed(MARCH, 4, AT))))
                .containsExactly(measured(DISTURBED, 1, 5));
    }

    private static MeasureAvailability measure(Availability availability, long knowledge) {
        return new MeasureAvailability(MARCH, TENANT, availability, knowledge, AT);
    }

    private static AvailabilityMeasured measured(Availability availability, long revision, long knowledge) {
        return new AvailabilityMeasured(
                MARCH,
                TENANT,
                availability.scheduledRackSeconds(),
                availability.scheduledCommencedRackMinutes(),
                availability.unavailableRackSeconds(),
                availability.unavailableCommencedRackMinutes(),
                availability.incidents(),
                revision,
                knowledge,
                AT);
    }

    private static MeasuredMonth after(AvailabilityEvent... events) {
        MeasuredMonth month = new None();
        for (var event : events) {
            month = MeasuredMonth.evolve(month, event);
        }
        return month;
    }
}
