package menara.investment.calls;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import menara.investment.commitments.FundId;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A capital call was issued: from now on the partners owe their shares.
 *
 * @param call the call
 * @param fund the fund whose commitments it draws on
 * @param phase the phase it pays for
 * @param purpose what it is for
 * @param dueDate when it is due
 * @param shares what each partner owes; their sum is the drafted amount exactly
 * @param issuedBy the person who issued it
 * @param at when it was issued
 */
@Event(namespace = "menara.investment", name = "CapitalCallIssued", version = "1")
public record CapitalCallIssued(
        @EventTag(key = "capital-call") CapitalCallId call,
        @EventTag(key = "calls-on") FundId fund,
        PhaseId phase,
        String purpose,
        LocalDate dueDate,
        List<Share> shares,
        Signatory issuedBy,
        Instant at)
        implements CallEvent {

    /** What one partner owes; more than zero. */
    public record Share(PartnerId partner, Money amount) {}

    public CapitalCallIssued {
        shares = List.copyOf(shares);
    }
}
