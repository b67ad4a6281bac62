package menara.investment.calls;

import java.time.Instant;
import java.time.LocalDate;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A partner paid its share of a call, or a part of it.
 *
 * @param call the call it answers
 * @param contribution this payment
 * @param partner the partner that paid
 * @param amount the amount
 * @param paidOn value date
 * @param at when it was recorded
 */
@Event(namespace = "menara.investment", name = "ContributionReceived", version = "1")
public record ContributionReceived(
        @EventTag(key = "capital-call") CapitalCallId call,
        ContributionId contribution,
        PartnerId partner,
        Money amount,
        LocalDate paidOn,
        Instant at)
        implements CallEvent {}
