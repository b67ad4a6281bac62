package menara.investment.calls;

import java.time.Instant;
import java.time.LocalDate;
import menara.investment.commitments.FundId;
import menara.investment.milestones.MilestoneId;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;

/** Commands of people to a capital call. */
sealed interface CallCommands {

    /** Prepare a capital call. */
    record DraftCapitalCall(
            CapitalCallId call,
            FundId fund,
            PhaseId phase,
            MilestoneId milestone,
            String purpose,
            Money amount,
            LocalDate dueDate,
            Signatory draftedBy,
            Instant at)
            implements CallCommands {}

    /** Issue a drafted capital call to the partners. */
    record IssueCapitalCall(CapitalCallId call, FundId fund, Signatory issuedBy, Instant at) implements CallCommands {}

    /** Record that a partner paid for a call. */
    record ReceiveContribution(
            ContributionId contribution,
            CapitalCallId call,
            PartnerId partner,
            Money amount,
            LocalDate paidOn,
            Instant at)
            implements CallCommands {}
}
