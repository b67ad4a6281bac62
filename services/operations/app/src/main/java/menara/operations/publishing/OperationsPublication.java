package menara.operations.publishing;

import java.util.List;
import menara.eventstore.spring.Publication;
import menara.operations.availability.MeasurementEvent;
import menara.operations.availability.MonthConfirmed;
import menara.operations.availability.MonthMeasured;
import menara.operations.contract.AvailabilityMeasured;
import menara.operations.contract.IncidentCorrected;
import menara.operations.contract.IncidentOpened;
import menara.operations.contract.IncidentResolved;
import menara.operations.contract.RackEnergised;
import menara.operations.incidents.IncidentEvent;
import menara.operations.incidents.IncidentReported;
import menara.operations.incidents.OutageCorrected;
import menara.operations.incidents.OutageEnded;
import menara.operations.racks.RackEvent;
import menara.operations.racks.RackPoweredUp;
import org.springframework.stereotype.Component;

/** Turns this service's private events into those of its contract. */
@Component
class OperationsPublication implements Publication {

    @Override
    public List<?> publish(Object event) {
        return switch (event) {
            case RackEvent rack -> publish(rack);
            case IncidentEvent incident -> publish(incident);
            case MeasurementEvent measurement -> publish(measurement);
            default ->
                throw new IllegalArgumentException("%s belongs to no family of this service"
                        .formatted(event.getClass().getName()));
        };
    }

    private static List<?> publish(RackEvent event) {
        return switch (event) {
            case RackPoweredUp up ->
                List.of(new RackEnergised(up.rack(), up.hall(), up.phase(), up.gpus(), up.energisedAt()));
        };
    }

    private static List<?> publish(IncidentEvent event) {
        return switch (event) {
            case IncidentReported reported ->
                List.of(new IncidentOpened(
                        reported.incident(),
                        reported.severity(),
                        reported.kind().shown(),
                        reported.racks(),
                        reported.startedAt(),
                        reported.at()));
            case OutageEnded ended ->
                List.of(new IncidentResolved(
                        ended.incident(), ended.severity(), ended.racks(), ended.outage(), ended.at()));
            case OutageCorrected corrected ->
                List.of(new IncidentCorrected(
                        corrected.incident(),
                        corrected.severity(),
                        corrected.racks(),
                        corrected.outage(),
                        corrected.revision(),
                        corrected.at()));
        };
    }

    private static List<?> publish(MeasurementEvent event) {
        return switch (event) {
            case MonthMeasured measured ->
                List.of(new AvailabilityMeasured(
                        measured.month().contract(),
                        measured.tenant(),
                        measured.month().month(),
                        measured.scheduledMinutes(),
                        measured.unavailableMinutes(),
                        measured.incidents(),
                        measured.revision(),
                        measured.at()));
            case MonthConfirmed _ -> List.of();
        };
    }
}
