package menara.billing.meters;

import java.time.Instant;
import org.axonframework.modelling.annotation.TargetEntityId;

/** Commands to a defined meter. */
sealed interface MeterCommands {

    /** Define a meter. */
    record DefineMeter(@TargetEntityId MeterCode code, Meter meter, Instant at) implements MeterCommands {}
}
