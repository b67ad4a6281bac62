package menara.operations.publishing;

import java.util.List;
import menara.eventstore.spring.Publication;
import menara.operations.availability.AvailabilityConfirmed;
import menara.operations.availability.AvailabilityEvent;
import menara.operations.availability.AvailabilityMeasured;
import menara.operations.incidents.IncidentCorrected;
import menara.operations.incidents.IncidentEvent;
import menara.operations.incidents.IncidentOpened;
import menara.operations.incidents.IncidentResolved;
import menara.operations.racks.RackEnergised;
import menara.operations.racks.RackEvent;
import org.springframework.stereotype.Component;

/** Translates this service's private events into those of its contract. */
@Component
class OperationsPublication implements Publication {

    @Override
    public List<?> publish(Object event) {
        return switch (event) {
            case RackEvent rack -> publish(rack);
            case IncidentEvent incident -> publish(incident);
            case AvailabilityEvent measurement -> publish(measurement);
            default ->
                throw new IllegalArgumentException("%s belongs to no family of this service"
                        .formatted(event.getClass().getName()));
        };
    }

    private static List<?> publish(RackEvent event) {
        return switch (event) {
            case RackEnergised rack ->
                List.of(new menara.operations.contract.RackEnergised(
                        rack.rack(), rack.hall(), rack.phase(), rack.gpus(), rack.energisedAt(), rack.at()));
        };
    }

    private static List<?> publish(IncidentEvent event) {
        return switch (event) {
            case IncidentOpened opened ->
                List.of(new menara.operations.contract.IncidentOpened(
                        opened.incident(),
                        opened.severity(),
                        opened.kind().shown(),
                        opened.racks(),
                        opened.startedAt(),
                        opened.at()));
            case IncidentResolved resolved ->
                List.of(new menara.operations.contract.IncidentResolved(
                        resolved.incident(), resolved.severity(), resolved.racks(), resolved.outage(), resolved.at()));
            case IncidentCorrected corrected ->
                List.of(new menara.operations.contract.IncidentCorrected(
                        corrected.incident(),
                        corrected.severity(),
                        corrected.racks(),
                        corrected.outage(),
                        corrected.revision(),
                        corrected.at()));
        };
    }

    private static List<?> publish(AvailabilityEvent event) {
        return switch (event) {
            case AvailabilityMeasured measured ->
                List.of(new menara.operations.contract.AvailabilityMeasured(
                        measured.month().contract(),
                        measured.tenant(),
                        measured.month().month(),
                        measured.scheduledRackMinutes(),
                        measured.unavailableRackMinutes(),
                        measured.incidents(),
                        measured.revision(),
                        measured.at()));
            case AvailabilityConfirmed _ -> List.of();
        };
    }
}
