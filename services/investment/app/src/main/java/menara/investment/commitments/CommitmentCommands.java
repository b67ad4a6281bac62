package menara.investment.commitments;

import java.time.Instant;
import menara.values.Money;
import menara.values.PartnerId;
import org.axonframework.modelling.annotation.TargetEntityId;

/** What people record of commitments. */
sealed interface CommitmentCommands {

    /** Record that a partner promised capital for a class of shares. */
    record MakeCommitment(
            @TargetEntityId FundId fund, PartnerId partner, ShareClass shareClass, Money amount, Instant at)
            implements CommitmentCommands {}
}
