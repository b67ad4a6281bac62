package menara.lamps;

import org.axonframework.modelling.annotation.TargetEntityId;

sealed interface LampCommand {

    record LightLamp(@TargetEntityId String lamp) implements LampCommand {}

    record DarkenLamp(@TargetEntityId String lamp) implements LampCommand {}
}
