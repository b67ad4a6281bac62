package menara.investment.commitments;

import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.refusals.RuleViolated;

/**
 * The capital that each partner bound itself to pay into one fund when it is called, by class of shares.
 *
 * @param made by partner and class of shares; all in one currency
 */
public record Commitments(Map<Holding, CommitmentMade> made) {

    /** A partner's position in one class of shares. */
    public record Holding(PartnerId partner, ShareClass shareClass) {}

    public static final Commitments NONE = new Commitments(Map.of());

    public Commitments {
        made = Map.copyOf(made);
    }

    public static Commitments evolve(Commitments commitments, CommitmentEvent event) {
        return switch (event) {
            case CommitmentMade made -> {
                var next = new HashMap<>(commitments.made());
                next.put(new Holding(made.partner(), made.shareClass()), made);
                yield new Commitments(next);
            }
        };
    }

    /** The fund's currency: that of its first commitment. */
    public Optional<Currency> currency() {
        return made.values().stream().map(one -> one.amount().currency()).findFirst();
    }

    /**
     * Pro rata and unfunded are only defined within one currency, and a rate of the day would shift every partner's share.
     *
     * @throws RuleViolated {@code one-currency-per-fund} if the fund has another currency
     */
    public void requireCurrency(Currency wanted) {
        currency().filter(own -> !own.equals(wanted)).ifPresent(own -> {
            throw new RuleViolated(
                    "one-currency-per-fund",
                    "the fund's commitments are in %s, so %s cannot be used; agree the amount in %s"
                            .formatted(own.getCurrencyCode(), wanted.getCurrencyCode(), own.getCurrencyCode()));
        });
    }

    /** The partner's commitment in one class of shares. */
    Optional<CommitmentMade> find(PartnerId partner, ShareClass shareClass) {
        return Optional.ofNullable(made.get(new Holding(partner, shareClass)));
    }

    /** Every partner's commitment over all classes of shares, in the order of their ids. */
    public SortedMap<PartnerId, Money> byPartner() {
        var sums = new TreeMap<PartnerId, Money>(ProRata.BY_ID);
        made.values().forEach(one -> sums.merge(one.partner(), one.amount(), Money::plus));
        return sums;
    }
}
