package menara.notes;

import org.axonframework.modelling.annotation.TargetEntityId;

record WriteNote(@TargetEntityId String note, String text) {}
