package menara.operations.incidents;

import menara.values.IncidentId;

/** The life of an incident. */
public sealed interface IncidentEvent permits IncidentReported, OutageEnded, OutageCorrected {

    IncidentId incident();
}
