package menara.operations.incidents;

import com.mongodb.client.MongoDatabase;
import java.util.function.Consumer;
import menara.operations.allocations.Remeasurement;

/** Lets tests of other slices work on real incident documents, and hear events as the policy does. */
public final class IncidentTestAccess {

    private IncidentTestAccess() {}

    public static IncidentReadModel documents(MongoDatabase database) {
        return new IncidentReadModel(database);
    }

    /** Handles every {@link IncidentEvent}. */
    public static Consumer<Object> incidentPolicy(IncidentReadModel incidents, Remeasurement remeasurement) {
        var policy = new WhenIncidentResolvedThenMeasureAvailability(incidents, remeasurement);
        return event -> {
            switch ((IncidentEvent) event) {
                case IncidentOpened opened -> policy.on(opened);
                case IncidentResolved resolved -> policy.on(resolved);
                case IncidentCorrected corrected -> policy.on(corrected);
            }
        };
    }
}
