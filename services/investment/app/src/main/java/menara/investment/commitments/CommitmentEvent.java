package menara.investment.commitments;

/** What happens to commitments. */
public sealed interface CommitmentEvent permits CommitmentMade {}
