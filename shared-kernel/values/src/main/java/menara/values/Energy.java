package menara.values;

/**
 * Electrical energy in whole watt-hours, never negative.
 *
 * @param wattHours watt-hours (Wh)
 */
public record Energy(long wattHours) implements Comparable<Energy> {

    public static final Energy ZERO = new Energy(0);

    public Energy {
        if (wattHours < 0) {
            throw new IllegalArgumentException("energy must not be negative, was " + wattHours + " Wh");
        }
    }

    public static Energy wattHours(long wattHours) {
        return new Energy(wattHours);
    }

    public static Energy kilowattHours(long kilowattHours) {
        return new Energy(Math.multiplyExact(kilowattHours, 1_000L));
    }

    public Energy plus(Energy other) {
        return new Energy(Math.addExact(wattHours, other.wattHours));
    }

    @Override
    public int compareTo(Energy other) {
        return Long.compare(wattHours, other.wattHours);
    }

    @Override
    public String toString() {
        return wattHours + " Wh";
    }
}
