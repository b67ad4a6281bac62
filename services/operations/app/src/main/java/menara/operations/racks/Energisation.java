package menara.operations.racks;

import java.util.List;
import menara.platform.web.InvalidField;

/** Decides what is newly energised. */
final class Energisation {

    private Energisation() {}

    static List<RackEvent> decide(EnergiseRacks command, HallPower hall) {
        if (command.energisedAt().isAfter(command.at())) {
            throw new InvalidField(
                    "at",
                    "a rack cannot be energised in the future: %s is after %s"
                            .formatted(command.energisedAt(), command.at()));
        }
        return command.racks().stream()
                // Energising twice is harmless: milestones downstream count racks, and a rack counts once.
                .filter(rack -> !hall.energised().contains(rack.rack()))
                .<RackEvent>map(rack -> new RackPoweredUp(
                        rack.rack(), rack.hall(), rack.phase(), rack.gpus(), command.energisedAt(), command.at()))
                .toList();
    }
}
