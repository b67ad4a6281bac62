package menara.operations.incidents;

import menara.eventstore.spring.Projection;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** Keeps the incident documents. */
@Projection(value = "incidents", by = "incident")
class IncidentProjection {

    private final IncidentDocuments documents;

    IncidentProjection(IncidentDocuments documents) {
        this.documents = documents;
    }

    @EventHandler(eventName = "menara.operations.IncidentReported")
    void on(IncidentReported event) {
        documents.apply(event);
    }

    @EventHandler(eventName = "menara.operations.OutageEnded")
    void on(OutageEnded event) {
        documents.apply(event);
    }

    @EventHandler(eventName = "menara.operations.OutageCorrected")
    void on(OutageCorrected event) {
        documents.apply(event);
    }
}
