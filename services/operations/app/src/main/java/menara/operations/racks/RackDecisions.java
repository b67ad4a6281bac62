package menara.operations.racks;

import java.util.List;
import java.util.Optional;
import menara.operations.racks.RackCommands.EnergiseRacks;
import menara.values.refusals.InvalidField;

/** Decides which racks are newly energised. */
final class RackDecisions {

    private RackDecisions() {}

    static List<RackEvent> decide(EnergiseRacks command, HallPower hall) {
        if (hall.took(command.step())) {
            return List.of(); // only the answer was lost
        }
        if (command.energisedAt().isAfter(command.at())) {
            throw new InvalidField(
                    "energisedAt",
                    "a rack cannot be energised in the future: %s is after %s"
                            .formatted(command.energisedAt(), command.at()));
        }
        return command.racks().stream()
                // Energising twice is harmless: milestones downstream count racks, and a rack counts once.
                .filter(rack -> !hall.energised().containsKey(rack.rack()))
                .<RackEvent>map(rack -> new RackEnergised(
                        rack.rack(),
                        rack.hall(),
                        rack.phase(),
                        rack.gpus(),
                        command.energisedAt(),
                        command.step(),
                        command.at()))
                .toList();
    }

    /** The first answer again: racks that this step itself energised count as dark before. */
    static EnergisationResult result(EnergiseRacks command, HallPower after) {
        var steps = command.racks().stream()
                .flatMap(rack -> Optional.ofNullable(after.energised().get(rack.rack())).stream())
                .toList();
        int unchanged = (int)
                steps.stream().filter(step -> !step.equals(command.step())).count();
        return new EnergisationResult(steps.size(), unchanged);
    }
}
