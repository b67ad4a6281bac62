package menara.investment.commitments;

import java.time.Instant;
import menara.values.Money;
import menara.values.PartnerId;
import org.axonframework.modelling.annotation.TargetEntityId;

/** Record that a partner promised capital for a class of shares. */
record MakeCommitment(
        @TargetEntityId FundId fund, PartnerId partner, ShareClass shareClass, Money amount, Instant at) {}
