package menara.billing.meters;

import java.util.List;
import menara.billing.meters.MeterCommands.DefineMeter;
import menara.values.refusals.RuleViolated;

/** When a meter may be defined. */
final class MeterDecisions {

    private MeterDecisions() {}

    static List<MeterEvent> decide(DefineMeter command, MeterDefinition definition) {
        var meter = command.meter();
        if (Meter.builtInCodes().anyMatch(meter.code()::equals)) {
            throw new RuleViolated("meter-is-built-in", "meter %s is the platform's own".formatted(meter.code()));
        }
        return switch (definition) {
            case MeterDefinition.Undefined _ ->
                List.of(new MeterDefined(
                        command.code(), meter.unit(), meter.aggregation(), meter.dimensions(), command.at()));
            case MeterDefinition.Defined defined when defined.meter().equals(meter) -> List.of();
            case MeterDefinition.Defined _ ->
                throw new RuleViolated(
                        "meter-never-changes",
                        "meter %s is defined otherwise; define another one".formatted(meter.code()));
        };
    }
}
