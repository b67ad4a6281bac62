package menara.billing.meters;

/** A meter is defined once: usage was counted by its definition, which therefore never changes. */
sealed interface MeterDefinition {

    record Undefined() implements MeterDefinition {}

    record Defined(Meter meter) implements MeterDefinition {}

    static MeterDefinition evolve(MeterDefinition definition, MeterEvent event) {
        return switch (event) {
            case MeterDefined e -> new Defined(e.toMeter());
        };
    }
}
