package menara.investment.accounts;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import menara.investment.accounts.Entry.Called;
import menara.investment.accounts.Entry.Committed;
import menara.investment.accounts.Entry.Contributed;
import menara.values.Money;
import menara.values.PartnerId;

/**
 * Lines of capital accounts, of one partner or of all, in the fund's one currency.
 *
 * @param committed commitments
 * @param called shares of calls
 * @param contributed payments
 */
public record Ledger(List<Committed> committed, List<Called> called, List<Contributed> contributed) {

    public Ledger {
        committed = List.copyOf(committed);
        called = List.copyOf(called);
        contributed = List.copyOf(contributed);
    }

    /** The lines recorded up to {@code asOf}, that instant included. */
    public Ledger knownAt(Instant asOf) {
        return where(entry -> !entry.at().isAfter(asOf));
    }

    public Ledger of(PartnerId partner) {
        return where(entry -> entry.partner().equals(partner));
    }

    /** Empty before the first commitment. */
    public Optional<Currency> currency() {
        return committed.stream().map(entry -> entry.amount().currency()).findFirst();
    }

    /** Each partner's commitment over all classes of shares. */
    public SortedMap<PartnerId, Money> commitments() {
        var sums = new TreeMap<PartnerId, Money>(Comparator.comparing(PartnerId::value));
        committed.forEach(entry -> sums.merge(entry.partner(), entry.amount(), Money::plus));
        return sums;
    }

    public Money commitment(Currency currency) {
        return sum(committed, currency);
    }

    public Money calledCapital(Currency currency) {
        return sum(called, currency);
    }

    public Money contributions(Currency currency) {
        return sum(contributed, currency);
    }

    /** Unfunded = commitment − called; called capital is owed, paid or not. */
    public Money unfunded(Currency currency) {
        return commitment(currency).minus(calledCapital(currency));
    }

    /** What the partner still owes of a share of a call. */
    public Money outstanding(Called share) {
        return contributedTo(share).negated().plus(share.amount());
    }

    public Money contributedTo(Called share) {
        return sum(
                contributed.stream()
                        .filter(paid -> paid.call().equals(share.call())
                                && paid.partner().equals(share.partner()))
                        .toList(),
                share.amount().currency());
    }

    /** All lines in the order in which they were recorded. */
    public List<Entry> lines() {
        return Stream.<Entry>concat(committed.stream(), Stream.concat(called.stream(), contributed.stream()))
                .sorted(Comparator.comparing(Entry::at)) // stable: a share stands before its payment
                .toList();
    }

    private Ledger where(Predicate<Entry> wanted) {
        return new Ledger(
                committed.stream().filter(wanted).toList(),
                called.stream().filter(wanted).toList(),
                contributed.stream().filter(wanted).toList());
    }

    private static Money sum(Collection<? extends Entry> entries, Currency currency) {
        return Money.sum(entries.stream().map(Entry::amount).toList(), currency);
    }
}
