package menara.values;

import java.math.BigDecimal;

/**
 * Electrical power in whole watts, never negative.
 *
 * @param watts watts (W)
 */
public record Power(long watts) implements Comparable<Power> {

    private static final long WATTS_PER_KILOWATT = 1_000;
    private static final long WATTS_PER_MEGAWATT = 1_000_000;

    public static final Power ZERO = new Power(0);

    public Power {
        if (watts < 0) {
            throw new IllegalArgumentException("power must not be negative, was " + watts + " W");
        }
    }

    public static Power watts(long watts) {
        return new Power(watts);
    }

    public static Power kilowatts(long kilowatts) {
        return new Power(Math.multiplyExact(kilowatts, 1_000L));
    }

    public static Power megawatts(long megawatts) {
        return new Power(Math.multiplyExact(megawatts, 1_000_000L));
    }

    public Power plus(Power other) {
        return new Power(Math.addExact(watts, other.watts));
    }

    /** @throws IllegalArgumentException if {@code other} is larger: there is no negative power */
    public Power minus(Power other) {
        return new Power(Math.subtractExact(watts, other.watts));
    }

    public Power times(long factor) {
        return new Power(Math.multiplyExact(watts, factor));
    }

    public Power min(Power other) {
        return compareTo(other) <= 0 ? this : other;
    }

    @Override
    public int compareTo(Power other) {
        return Long.compare(watts, other.watts);
    }

    /** Exactly, in the unit that people use: {@code 1.6 MW}, {@code 132 kW}, {@code 750 W}. */
    @Override
    public String toString() {
        if (watts >= WATTS_PER_MEGAWATT && watts % WATTS_PER_KILOWATT == 0) {
            return shown(6) + " MW";
        }
        return watts >= WATTS_PER_KILOWATT ? shown(3) + " kW" : watts + " W";
    }

    private String shown(int decimals) {
        return BigDecimal.valueOf(watts, decimals).stripTrailingZeros().toPlainString();
    }
}
