package menara.investment.contract;

import java.time.Instant;
import java.time.LocalDate;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PublishedEvent;

/**
 * A partner paid in.
 *
 * @param call the call it answers
 * @param partner the partner that paid
 * @param amount the amount
 * @param paidOn value date
 * @param at when it was recorded
 */
@PublishedEvent(namespace = "menara.investment", name = "ContributionReceived", version = "1")
public record ContributionReceived(CapitalCallId call, PartnerId partner, Money amount, LocalDate paidOn, Instant at) {}
