package menara.investment.commitments;

import java.time.Instant;
import menara.values.Money;
import menara.values.PartnerId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A partner committed capital.
 *
 * @param fund the fund it is committed to
 * @param partner the partner that committed
 * @param shareClass for which class of shares
 * @param amount the amount, in the fund's currency
 * @param at when it was recorded
 */
@Event(namespace = "menara.investment", name = "CommitmentMade", version = "1")
public record CommitmentMade(
        @EventTag(key = "commitments-of") FundId fund,
        PartnerId partner,
        ShareClass shareClass,
        Money amount,
        Instant at)
        implements CommitmentEvent {}
