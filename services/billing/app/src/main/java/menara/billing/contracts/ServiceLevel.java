package menara.billing.contracts;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * The availability that a contract promises for a calendar month, and the share of the month's charges that is credited when it is missed;
 * the tiers are the contract's data.
 *
 * @param targetPercent availability target per calendar month, {@code 99.9}
 * @param tiers lowest bound last; empty if missing the target costs nothing
 */
public record ServiceLevel(
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal targetPercent, List<Tier> tiers) {

    static final int MAX_TIERS = 10;
    static final int MAX_DECIMALS = 6;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public ServiceLevel {
        requirePercent("targetPercent", targetPercent);
        if (tiers.size() > MAX_TIERS) {
            throw new IllegalArgumentException("tiers must be at most " + MAX_TIERS);
        }
        tiers = tiers.stream()
                .sorted(Comparator.comparing(Tier::belowPercent).reversed())
                .toList();
        var bounds = new HashSet<BigDecimal>();
        Tier wider = null;
        for (var tier : tiers) {
            if (!bounds.add(tier.belowPercent().stripTrailingZeros())) {
                throw new IllegalArgumentException("tiers overlap at belowPercent " + tier.belowPercent());
            }
            if (tier.belowPercent().compareTo(targetPercent) > 0) {
                throw new IllegalArgumentException(
                        "tier belowPercent %s lies above the target %s: a month that meets its target earns no credit"
                                .formatted(tier.belowPercent(), targetPercent));
            }
            if (wider != null && tier.creditPercent().compareTo(wider.creditPercent()) <= 0) {
                throw new IllegalArgumentException("tier below %s %% must credit more than the tier below %s %%"
                        .formatted(tier.belowPercent(), wider.belowPercent()));
            }
            wider = tier;
        }
    }

    /**
     * @param belowPercent the tier counts when availability is below this
     * @param creditPercent share of the month's charges credited, above 0 and at most 100
     */
    public record Tier(
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal belowPercent,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal creditPercent) {

        public Tier {
            requirePercent("belowPercent", belowPercent);
            requirePercent("creditPercent", creditPercent);
        }
    }

    private static void requirePercent(String what, BigDecimal percent) {
        if (percent.signum() <= 0 || percent.compareTo(HUNDRED) > 0 || percent.scale() > MAX_DECIMALS) {
            throw new IllegalArgumentException(
                    "%s must be above 0 and at most 100, with at most %d decimals".formatted(what, MAX_DECIMALS));
        }
    }
}
