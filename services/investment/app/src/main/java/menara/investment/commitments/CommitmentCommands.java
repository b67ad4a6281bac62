package menara.investment.commitments;

import java.time.Instant;
import menara.values.Money;
import menara.values.PartnerId;
import org.axonframework.modelling.annotation.TargetEntityId;

/** Commands of people about commitments. */
sealed interface CommitmentCommands {

    /** Record that a partner committed capital for a class of shares. */
    record MakeCommitment(
            @TargetEntityId FundId fund, PartnerId partner, ShareClass shareClass, Money amount, Instant at)
            implements CommitmentCommands {}
}
