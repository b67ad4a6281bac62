package menara.billing.meters;

import java.time.Instant;
import java.util.List;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A meter was defined.
 *
 * @param meter its code
 * @param unit the priced unit as people write it
 * @param aggregation how an hour's reports become its quantity
 * @param dimensions what a report may tell apart
 * @param at when it was defined
 */
@Event(namespace = "menara.billing", name = "MeterDefined", version = "1")
public record MeterDefined(
        @EventTag(key = "meter") MeterCode meter,
        String unit,
        Aggregation aggregation,
        List<String> dimensions,
        Instant at)
        implements MeterEvent {

    Meter toMeter() {
        return Meter.defined(meter.value(), unit, aggregation, dimensions);
    }
}
