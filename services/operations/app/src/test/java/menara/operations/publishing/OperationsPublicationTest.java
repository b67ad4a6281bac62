package menara.operations.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import menara.eventstore.spring.Publication;
import menara.operations.availability.AvailabilityConfirmed;
import menara.operations.availability.AvailabilityMeasured;
import menara.operations.availability.ContractMonth;
import menara.operations.incidents.IncidentCorrected;
import menara.operations.incidents.IncidentKind;
import menara.operations.incidents.IncidentOpened;
import menara.operations.incidents.IncidentResolved;
import menara.operations.racks.RackEnergised;
import menara.values.ContractId;
import menara.values.IncidentId;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.RackId;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;

class OperationsPublicationTest {

    private static final UUID STEP = new UUID(0, 7);
    private static final Instant AT = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant BEFORE = Instant.parse("2026-03-10T10:00:00Z");
    private static final Period OUTAGE = Period.between(BEFORE, AT);
    private static final IncidentId INCIDENT = new IncidentId(new UUID(0, 1));
    private static final List<RackId> RACKS = List.of(new RackId("r1"));
    private static final ContractMonth MONTH = new ContractMonth(new ContractId(new UUID(0, 2)), YearMonth.of(2026, 3));
    private final Publication publication = new OperationsPublication();

    @Test
    void a_rack_that_is_energised_is_published_with_the_time_it_was_energised() {
        var hall = new NodeId("hall-1");
        var phase = new PhaseId("phase-1");

        assertThat(published(new RackEnergised(new RackId("r1"), hall, phase, 72, BEFORE, STEP, AT)))
                .containsExactly(
                        new menara.operations.contract.RackEnergised(new RackId("r1"), hall, phase, 72, BEFORE, AT));
    }

    @Test
    void the_life_of_an_incident_is_published_without_the_notes_of_the_house() {
        assertThat(published(new IncidentOpened(
                        INCIDENT, IncidentKind.COOLING, "pump failed of rif-bio", 2, RACKS, BEFORE, AT)))
                .containsExactly(
                        new menara.operations.contract.IncidentOpened(INCIDENT, 2, "cooling", RACKS, BEFORE, AT));
        assertThat(published(new IncidentResolved(INCIDENT, 2, RACKS, OUTAGE, STEP, AT)))
                .containsExactly(new menara.operations.contract.IncidentResolved(INCIDENT, 2, RACKS, OUTAGE, AT));
        assertThat(published(new IncidentCorrected(INCIDENT, 2, RACKS, OUTAGE, "wrong clock", "amina", 2, STEP, AT)))
                .containsExactly(new menara.operations.contract.IncidentCorrected(INCIDENT, 2, RACKS, OUTAGE, 2, AT));
    }

    @Test
    void a_measurement_is_published_in_commenced_minutes() {
        var measured =
                new AvailabilityMeasured(MONTH, new TenantId("atlas"), 1_000, 17, 61, 2, List.of(INCIDENT), 3, 9, AT);

        assertThat(published(measured))
                .containsExactly(new menara.operations.contract.AvailabilityMeasured(
                        MONTH.contract(), new TenantId("atlas"), MONTH.month(), 17, 2, List.of(INCIDENT), 3, AT));
    }

    @Test
    void a_confirmed_measurement_is_no_news() {
        assertThat(published(new AvailabilityConfirmed(MONTH, 9, AT))).isEmpty();
    }

    @Test
    void what_belongs_to_no_family_is_a_mistake() {
        assertThatThrownBy(() -> published("something")).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Object> published(Object event) {
        return List.copyOf(publication.publish(event));
    }
}
