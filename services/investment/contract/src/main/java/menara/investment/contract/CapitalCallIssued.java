package menara.investment.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;
import menara.values.PublishedEvent;

/**
 * A capital call was issued: from now on the partners owe their shares.
 *
 * @param call the call
 * @param phase the phase it pays for
 * @param purpose what it is for
 * @param dueDate when it is due
 * @param shares what each partner owes
 * @param at when it was issued
 */
@PublishedEvent(namespace = "menara.investment", name = "CapitalCallIssued", version = "1")
public record CapitalCallIssued(
        CapitalCallId call, PhaseId phase, String purpose, LocalDate dueDate, List<Share> shares, Instant at) {

    /**
     * @param partner the partner that owes it
     * @param amount the amount, in the commitment's currency
     */
    public record Share(PartnerId partner, Money amount) {}
}
