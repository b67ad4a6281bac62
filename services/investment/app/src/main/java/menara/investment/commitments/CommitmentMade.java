package menara.investment.commitments;

import java.time.Instant;
import menara.values.Money;
import menara.values.PartnerId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A partner promised capital.
 *
 * @param fund the fund it is promised to
 * @param partner who promised
 * @param shareClass for which class of shares
 * @param amount how much, in the fund's currency
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
