package menara.investment.calls;

/** What happens to a capital call. */
public sealed interface CallEvent permits CapitalCallDrafted, CapitalCallIssued, ContributionReceived {}
