package menara.billing.catalogue;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A range of quantities with a unit price of its own, half-open.
 *
 * @param from first quantity inside
 * @param until first quantity after; null for the last tier
 * @param unitPrice price of one unit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tier(
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal from,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        BigDecimal until,

        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal unitPrice) {

    public Tier {
        Decimals.quantity("from", from);
        Decimals.price("unitPrice", unitPrice);
        if (until != null && Decimals.quantity("until", until).compareTo(from) <= 0) {
            throw new IllegalArgumentException("until must be above from %s, was %s".formatted(from, until));
        }
    }

    public Optional<BigDecimal> end() {
        return Optional.ofNullable(until);
    }

    /** @throws IllegalArgumentException saying at which step the ladder has a gap or an overlap */
    static List<Tier> ladder(List<Tier> tiers) {
        if (tiers.isEmpty() || tiers.size() > PricingModel.MAX_TIERS) {
            throw new IllegalArgumentException("tiers must be 1 to " + PricingModel.MAX_TIERS);
        }
        var expected = BigDecimal.ZERO;
        for (int i = 0; i < tiers.size(); i++) {
            var tier = tiers.get(i);
            int order = tier.from().compareTo(expected);
            if (order != 0) {
                throw new IllegalArgumentException("tiers[%d] begins at %s where %s was expected: %s"
                        .formatted(i, tier.from(), expected, order > 0 ? "a gap" : "an overlap"));
            }
            boolean last = i == tiers.size() - 1;
            if (tier.end().isPresent() == last) {
                throw new IllegalArgumentException(
                        last
                                ? "tiers[%d] must have no end, or larger quantities have no price".formatted(i)
                                : "tiers[%d] must end, others follow it".formatted(i));
            }
            expected = tier.end().orElse(expected);
        }
        return List.copyOf(tiers);
    }
}
