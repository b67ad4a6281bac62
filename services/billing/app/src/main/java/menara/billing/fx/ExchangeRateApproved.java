package menara.billing.fx;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A second person approved a rate that was entered by hand. It counts for its day from now on, in place of an earlier entry for that day.
 *
 * @param rate the entry
 * @param base one unit of this
 * @param quote costs {@code value} of this
 * @param value above 0
 * @param date for which day
 * @param proposedBy subject of the person who entered it
 * @param approvedBy subject of the person who approved, another one
 * @param at when
 */
@Event(namespace = "menara.billing", name = "ExchangeRateApproved", version = "1")
public record ExchangeRateApproved(
        @EventTag(key = "exchange-rate") ExchangeRateId rate,
        Currency base,
        Currency quote,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal value,
        LocalDate date,
        String proposedBy,
        String approvedBy,
        Instant at)
        implements ExchangeRateEvent {}
