package menara.investment.accounts;

import java.time.Instant;
import java.time.LocalDate;
import menara.investment.calls.ContributionId;
import menara.investment.commitments.ShareClass;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;

/** One line of a partner's capital account. Lines are added, never changed. */
public sealed interface Entry {

    PartnerId partner();

    Money amount();

    /** When it was recorded, which decides whether it counts as of an instant. */
    Instant at();

    /** The partner committed capital. */
    record Committed(PartnerId partner, ShareClass shareClass, Money amount, Instant at) implements Entry {}

    /** The partner's share of a call became payable. */
    record Called(
            PartnerId partner,
            CapitalCallId call,
            PhaseId phase,
            String purpose,
            LocalDate dueDate,
            Money amount,
            Instant at)
            implements Entry {}

    /** The partner paid. */
    record Contributed(
            PartnerId partner,
            ContributionId contribution,
            CapitalCallId call,
            Money amount,
            LocalDate paidOn,
            Instant at)
            implements Entry {}
}
