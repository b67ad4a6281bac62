package menara.investment.calls;

import java.time.Instant;
import menara.investment.commitments.FundId;
import menara.values.CapitalCallId;

/** Issue a drafted capital call to the partners. */
record IssueCapitalCall(CapitalCallId call, FundId fund, Signatory issuedBy, Instant at) {}
