package menara.operations.availability;

import menara.eventstore.spring.Policy;
import menara.operations.incidents.IncidentDocuments;
import menara.operations.incidents.IncidentEvent;
import menara.operations.incidents.IncidentReported;
import menara.operations.incidents.OutageCorrected;
import menara.operations.incidents.OutageEnded;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/**
 * When the length of an outage becomes known or changes, every contract it hit is measured. The policy stores what it hears
 * itself, before it looks: the projection of incidents may be ahead of it or behind it.
 */
@Policy("when-incident-resolved-then-measure-availability")
class WhenIncidentResolvedThenMeasureAvailability {

    private final IncidentDocuments incidents;
    private final Remeasurement remeasurement;

    WhenIncidentResolvedThenMeasureAvailability(IncidentDocuments incidents, Remeasurement remeasurement) {
        this.incidents = incidents;
        this.remeasurement = remeasurement;
    }

    @EventHandler(eventName = "menara.operations.IncidentReported")
    void on(IncidentReported event) {
        incidents.apply(event);
    }

    @EventHandler(eventName = "menara.operations.OutageEnded")
    void on(OutageEnded event) {
        measure(event);
    }

    @EventHandler(eventName = "menara.operations.OutageCorrected")
    void on(OutageCorrected event) {
        measure(event);
    }

    private void measure(IncidentEvent event) {
        incidents.apply(event);
        incidents.history(event.incident()).ifPresent(remeasurement::after);
    }
}
