package menara.capacity.layout;

import menara.values.Power;
import org.jspecify.annotations.Nullable;

/**
 * The power a node is built for: equal units of which some are spare (N+1 is a spare of 1), each used up to a share of its name plate.
 *
 * @param power name plate of one unit; null when {@code circuit} says it
 * @param circuit the circuit of one unit; null when {@code power} says it
 * @param units units, the spare ones included
 * @param spare units that may fail without less power being there
 * @param utilisationPercent how much of a unit is used in lasting operation, in percent; 80 for a breaker under continuous load
 */
public record Rating(@Nullable Power power, @Nullable Circuit circuit, int units, int spare, int utilisationPercent) {

    private static final int MAX_UNITS = 1_000;
    private static final int ALL = 100;

    public Rating {
        if ((power == null) == (circuit == null)) {
            throw new IllegalArgumentException("a rating has either power or circuit");
        }
        if (units < 1 || units > MAX_UNITS) {
            throw new IllegalArgumentException("units must be 1 to %d, was %d".formatted(MAX_UNITS, units));
        }
        if (spare < 0 || spare >= units) {
            throw new IllegalArgumentException(
                    "spare must be 0 to %d, fewer than the units, was %d".formatted(units - 1, spare));
        }
        if (utilisationPercent < 1 || utilisationPercent > ALL) {
            throw new IllegalArgumentException("utilisationPercent must be 1 to 100, was " + utilisationPercent);
        }
    }

    /** One unit, used fully. */
    public static Rating of(Power power) {
        return new Rating(power, null, 1, 0, ALL);
    }

    /** Units that need not fail × name plate × utilisation; the fraction of a watt is left out. */
    public Power limit() {
        var unit = circuit == null ? plate() : circuit.power();
        return Power.watts(unit.times(units - spare).times(utilisationPercent).watts() / ALL);
    }

    private Power plate() {
        if (power == null) {
            throw new IllegalStateException("a rating has either power or circuit");
        }
        return power;
    }
}
