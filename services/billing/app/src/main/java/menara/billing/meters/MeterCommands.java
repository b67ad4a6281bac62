package menara.billing.meters;

import java.time.Instant;
import org.axonframework.modelling.annotation.TargetEntityId;

/** What can be asked of a meter of somebody's own. */
sealed interface MeterCommands {

    /** Let something new be counted. */
    record DefineMeter(@TargetEntityId MeterCode code, Meter meter, Instant at) implements MeterCommands {}
}
