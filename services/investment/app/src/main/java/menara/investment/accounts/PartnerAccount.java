package menara.investment.accounts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import menara.investment.commitments.ShareClass;
import menara.platform.web.Csv;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;

/**
 * A partner's capital account: what it committed, what was called of that, what it paid, and what is still unfunded.
 *
 * @param partner the partner
 * @param asOf as-of time
 * @param commitment committed, over all classes of shares
 * @param called owed so far, paid or not
 * @param contributed paid so far
 * @param outstanding called − contributed
 * @param unfunded commitment − called
 * @param commitments commitments by class of shares
 * @param calls the partner's share of each call
 */
record PartnerAccount(
        PartnerId partner,
        Instant asOf,
        Money commitment,
        Money called,
        Money contributed,
        Money outstanding,
        Money unfunded,
        List<ByShareClass> commitments,
        List<CallShare> calls) {

    /** A commitment for one class of shares. */
    record ByShareClass(ShareClass shareClass, Money amount) {}

    /** The partner's share of one call. */
    record CallShare(
            CapitalCallId call,
            PhaseId phase,
            String purpose,
            LocalDate dueDate,
            Money share,
            Money contributed,
            Money outstanding) {}

    private static final List<String> COLUMNS = List.of(
            "recorded_at",
            "effective_on",
            "entry",
            "reference",
            "purpose",
            "amount",
            "currency",
            "commitment",
            "called",
            "contributed",
            "unfunded");

    /** @param own the partner's lines recorded up to {@code asOf}, with at least one commitment */
    static PartnerAccount of(PartnerId partner, Instant asOf, Ledger own) {
        var currency = own.currency().orElseThrow();
        return new PartnerAccount(
                partner,
                asOf,
                own.commitment(currency),
                own.calledCapital(currency),
                own.contributions(currency),
                own.calledCapital(currency).minus(own.contributions(currency)),
                own.unfunded(currency),
                own.committed().stream()
                        .map(entry -> new ByShareClass(entry.shareClass(), entry.amount()))
                        .toList(),
                own.called().stream()
                        .map(share -> new CallShare(
                                share.call(),
                                share.phase(),
                                share.purpose(),
                                share.dueDate(),
                                share.amount(),
                                own.contributedTo(share),
                                own.outstanding(share)))
                        .toList());
    }

    /**
     * The account as a roll-forward: one row per line with the balances after it, so that the last row is the account.
     * Amounts are decimals of the row's currency.
     */
    static String csv(Ledger own) {
        var currency = own.currency().orElseThrow();
        var text = new StringBuilder(Csv.line(COLUMNS));
        var commitment = Money.zero(currency);
        var called = Money.zero(currency);
        var contributed = Money.zero(currency);
        for (var line : own.lines()) {
            var cells = new ArrayList<Object>();
            cells.add(line.at());
            switch (line) {
                case Entry.Committed made -> {
                    commitment = commitment.plus(made.amount());
                    cells.addAll(List.of("", "commitment", made.shareClass(), ""));
                }
                case Entry.Called share -> {
                    called = called.plus(share.amount());
                    cells.addAll(List.of(share.dueDate(), "call", share.call(), share.purpose()));
                }
                case Entry.Contributed paid -> {
                    contributed = contributed.plus(paid.amount());
                    cells.addAll(List.of(paid.paidOn(), "contribution", paid.call(), ""));
                }
            }
            cells.add(line.amount().amount());
            cells.add(currency.getCurrencyCode());
            cells.addAll(List.of(
                    commitment.amount(),
                    called.amount(),
                    contributed.amount(),
                    commitment.minus(called).amount()));
            text.append(Csv.line(cells));
        }
        return text.toString();
    }
}
