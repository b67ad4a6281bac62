package menara.operations.incidents;

import menara.values.IncidentId;

/** The life of an incident. */
public sealed interface IncidentEvent permits IncidentOpened, IncidentResolved, IncidentCorrected {

    IncidentId incident();
}
