package menara.billing.catalogue;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a quantity becomes an amount: flat, by the unit, in tiers, by volume, as a commitment, prepaid and more. Decimals are text in JSON;
 * amounts are in the plan's currency and for a whole calendar month.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PricingModel.Flat.class, name = "flat"),
    @JsonSubTypes.Type(value = PricingModel.Unit.class, name = "unit"),
    @JsonSubTypes.Type(value = PricingModel.Tiered.class, name = "tiered"),
    @JsonSubTypes.Type(value = PricingModel.Volume.class, name = "volume"),
    @JsonSubTypes.Type(value = PricingModel.Packages.class, name = "package"),
    @JsonSubTypes.Type(value = PricingModel.Percentage.class, name = "percentage"),
    @JsonSubTypes.Type(value = PricingModel.Minimum.class, name = "minimum"),
    @JsonSubTypes.Type(value = PricingModel.Commitment.class, name = "commitment"),
    @JsonSubTypes.Type(value = PricingModel.Prepaid.class, name = "prepaid"),
    @JsonSubTypes.Type(value = PricingModel.Energy.class, name = "energy")
})
public sealed interface PricingModel {

    int MAX_TIERS = 20;
    int MAX_BANDS = 24;
    int MAX_ROLLOVER_MONTHS = 12;
    int MAX_PREPAID_MONTHS = 60;

    /** Whether a meter counts what is priced. */
    default boolean needsMeter() {
        return switch (this) {
            case Unit _, Tiered _, Volume _, Packages _, Commitment _, Energy _ -> true;
            case Flat _, Percentage _, Minimum _, Prepaid _ -> false;
        };
    }

    /** @param amount for a month; a part of a month costs its days' share */
    record Flat(@JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount) implements PricingModel {
        public Flat {
            Decimals.price("amount", amount);
        }
    }

    /** @param unitPrice price of one unit */
    record Unit(@JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal unitPrice) implements PricingModel {
        public Unit {
            Decimals.price("unitPrice", unitPrice);
        }
    }

    /** Graduated: what lies in a tier costs the tier's price. */
    record Tiered(List<Tier> tiers) implements PricingModel {
        public Tiered {
            tiers = Tier.ladder(tiers);
        }
    }

    /** Everything costs the price of the tier in which the month's total ends. */
    record Volume(List<Tier> tiers) implements PricingModel {
        public Volume {
            tiers = Tier.ladder(tiers);
        }
    }

    /**
     * Commenced packages.
     *
     * @param size units in a package
     * @param price price of a package
     */
    record Packages(
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal size,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal price)
            implements PricingModel {
        public Packages {
            Decimals.positive("size", size, Decimals.MAX_QUANTITY_DECIMALS);
            Decimals.price("price", price);
        }
    }

    /**
     * A share of other charges (support, management).
     *
     * @param percent 5 for five hundredths
     * @param of codes of the charges; null for all that are no percentage, minimum or prepaid themselves
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Percentage(
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal percent,
            @Nullable List<String> of) implements PricingModel {
        public Percentage {
            Decimals.positive("percent", percent, Decimals.MAX_QUANTITY_DECIMALS);
            of = of == null ? null : List.copyOf(of);
        }
    }

    /**
     * What other charges come to at least; the difference is charged.
     *
     * @param amount for a month; a part of a month owes its days' share
     * @param of codes of the charges; null for all that are no minimum or prepaid themselves
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Minimum(
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount,
            @Nullable List<String> of) implements PricingModel {
        public Minimum {
            Decimals.positive("amount", amount, Decimals.MAX_PRICE_DECIMALS);
            of = of == null ? null : List.copyOf(of);
        }
    }

    /**
     * A quantity bought each month, used or not; usage draws it down, oldest first, and only what exceeds it is overage.
     *
     * @param quantity units for a month; a part of a month commits to its days' share
     * @param unitPrice price of a committed unit
     * @param overageUnitPrice price of a unit beyond
     * @param rolloverMonths for how many months what is left over can still be used; 0 if it is lost
     */
    record Commitment(
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal quantity,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal unitPrice,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal overageUnitPrice,
            int rolloverMonths)
            implements PricingModel {
        public Commitment {
            Decimals.positive("quantity", quantity, Decimals.MAX_QUANTITY_DECIMALS);
            Decimals.price("unitPrice", unitPrice);
            Decimals.price("overageUnitPrice", overageUnitPrice);
            if (rolloverMonths < 0 || rolloverMonths > MAX_ROLLOVER_MONTHS) {
                throw new IllegalArgumentException("rolloverMonths must be 0 to " + MAX_ROLLOVER_MONTHS);
            }
        }
    }

    /**
     * Credit paid in the first month it is in the contract's plan and drawn down by the charges from then on.
     *
     * @param price what it costs
     * @param credit what it pays for
     * @param validMonths in how many months it can be used, the first included
     */
    record Prepaid(
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal price,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal credit,
            int validMonths)
            implements PricingModel {
        public Prepaid {
            Decimals.price("price", price);
            Decimals.positive("credit", credit, 2);
            if (validMonths < 1 || validMonths > MAX_PREPAID_MONTHS) {
                throw new IllegalArgumentException("validMonths must be 1 to " + MAX_PREPAID_MONTHS);
            }
        }
    }

    /**
     * Energy passed through: what the racks took, raised by what cooling and distribution take on top.
     *
     * @param pue E_DC/E_IT (ISO/IEC 30134-2), at least 1
     * @param zone the clock of the bands; a grid's tariff need not follow the contract's clock
     * @param bands cover the day without a gap, in order
     */
    record Energy(
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal pue, ZoneId zone, List<Band> bands)
            implements PricingModel {
        public Energy {
            if (pue.compareTo(BigDecimal.ONE) < 0 || pue.scale() > Decimals.MAX_QUANTITY_DECIMALS) {
                throw new IllegalArgumentException("pue must be at least 1 with at most %d decimals, was %s"
                        .formatted(Decimals.MAX_QUANTITY_DECIMALS, pue));
            }
            if (bands.isEmpty() || bands.size() > MAX_BANDS) {
                throw new IllegalArgumentException("bands must be 1 to " + MAX_BANDS);
            }
            bands = List.copyOf(bands);
            var taken = new HashSet<Integer>();
            for (int i = 0; i < bands.size(); i++) {
                for (int hour : bands.get(i).hours()) {
                    if (!taken.add(hour)) {
                        throw new IllegalArgumentException(
                                "bands[%d] overlaps another band at %02d:00".formatted(i, hour));
                    }
                }
            }
            for (int hour = 0; hour < 24; hour++) {
                if (!taken.contains(hour)) {
                    throw new IllegalArgumentException("bands leave a gap at %02d:00".formatted(hour));
                }
            }
        }
    }

    /**
     * Hours of the day with one price.
     *
     * @param name {@code peak}
     * @param from first hour inside, whole
     * @param until first hour after, whole; midnight ends the day, and before {@code from} it is the next day's
     * @param unitPrice price of one unit
     */
    record Band(
            String name,
            LocalTime from,
            LocalTime until,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal unitPrice) {
        public Band {
            Decimals.price("unitPrice", unitPrice);
            if (!from.truncatedTo(ChronoUnit.HOURS).equals(from)
                    || !until.truncatedTo(ChronoUnit.HOURS).equals(until)) {
                throw new IllegalArgumentException("band %s must begin and end at a whole hour".formatted(name));
            }
        }

        /** The hours of the day inside; a band that ends where it begins is the whole day. */
        public List<Integer> hours() {
            int length = Math.floorMod(until.getHour() - from.getHour() - 1, 24) + 1;
            return java.util.stream.IntStream.range(0, length)
                    .mapToObj(i -> (from.getHour() + i) % 24)
                    .toList();
        }
    }
}
