package menara.billing.fx;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person entered a rate; it counts once another person approved it.
 *
 * @param rate the entry
 * @param base one unit of this
 * @param quote costs {@code value} of this
 * @param value above 0
 * @param date for which day
 * @param reason where it comes from, for people
 * @param proposedBy subject of the person who entered it
 * @param at when
 */
@Event(namespace = "menara.billing", name = "ExchangeRateProposed", version = "1")
public record ExchangeRateProposed(
        @EventTag(key = "exchange-rate") ExchangeRateId rate,
        Currency base,
        Currency quote,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal value,
        LocalDate date,
        String reason,
        String proposedBy,
        Instant at)
        implements ExchangeRateEvent {}
