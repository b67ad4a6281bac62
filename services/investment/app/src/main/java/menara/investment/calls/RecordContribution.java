package menara.investment.calls;

import java.time.Instant;
import java.time.LocalDate;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;

/** Record that a partner paid for a call. */
record RecordContribution(
        ContributionId contribution,
        CapitalCallId call,
        PartnerId partner,
        Money amount,
        LocalDate paidOn,
        Instant at) {}
