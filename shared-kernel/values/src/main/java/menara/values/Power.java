package menara.values;

/**
 * Electrical power in whole watts, never negative.
 *
 * @param watts watts (W)
 */
public record Power(long watts) implements Comparable<Power> {

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

    @Override
    public String toString() {
        return watts + " W";
    }
}
