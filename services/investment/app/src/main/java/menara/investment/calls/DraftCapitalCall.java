package menara.investment.calls;

import java.time.Instant;
import java.time.LocalDate;
import menara.investment.commitments.FundId;
import menara.investment.milestones.MilestoneId;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PhaseId;

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
        Instant at) {}
