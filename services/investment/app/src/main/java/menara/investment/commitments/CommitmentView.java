package menara.investment.commitments;

import java.time.Instant;
import menara.values.Money;
import menara.values.PartnerId;

/**
 * A commitment as it is shown.
 *
 * @param committedAt when it was recorded
 */
record CommitmentView(PartnerId partner, ShareClass shareClass, Money amount, Instant committedAt) {

    static CommitmentView of(CommitmentMade made) {
        return new CommitmentView(made.partner(), made.shareClass(), made.amount(), made.at());
    }
}
