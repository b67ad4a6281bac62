package menara.operations.incidents;

import menara.eventstore.spring.Policy;
import menara.operations.allocations.Remeasurement;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/**
 * Measures every affected contract when the length of an outage becomes known or changes. The policy stores the event itself first, because
 * the projection of incidents may be ahead of it or behind it.
 */
@Policy("when-incident-resolved-then-measure-availability")
class WhenIncidentResolvedThenMeasureAvailability {

    private final IncidentReadModel incidents;
    private final Remeasurement remeasurement;

    WhenIncidentResolvedThenMeasureAvailability(IncidentReadModel incidents, Remeasurement remeasurement) {
        this.incidents = incidents;
        this.remeasurement = remeasurement;
    }

    @EventHandler(eventName = "menara.operations.IncidentOpened")
    void on(IncidentOpened event) {
        incidents.apply(event);
    }

    @EventHandler(eventName = "menara.operations.IncidentResolved")
    void on(IncidentResolved event) {
        measure(event);
    }

    @EventHandler(eventName = "menara.operations.IncidentCorrected")
    void on(IncidentCorrected event) {
        measure(event);
    }

    private void measure(IncidentEvent event) {
        incidents.apply(event);
        incidents
                .history(event.incident())
                .ifPresent(incident -> remeasurement.ofRacks(incident.racksEverDown(), incident.periodsEverDown()));
    }
}
