package menara.investment.calls;

import java.time.Instant;
import java.time.LocalDate;
import menara.investment.milestones.MilestoneId;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PhaseId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A capital call was prepared. The partners owe nothing yet.
 *
 * @param call the call
 * @param phase the phase it pays for
 * @param milestone milestone that must be reached before it is issued
 * @param purpose what it is for
 * @param amount total called from all partners
 * @param dueDate when it is due
 * @param draftedBy the person who prepared it
 * @param at when it was drafted
 */
@Event(namespace = "menara.investment", name = "CapitalCallDrafted", version = "1")
public record CapitalCallDrafted(
        @EventTag(key = "capital-call") CapitalCallId call,
        PhaseId phase,
        MilestoneId milestone,
        String purpose,
        Money amount,
        LocalDate dueDate,
        Signatory draftedBy,
        Instant at)
        implements CallEvent {}
