package menara.capacity.layout;

import java.math.BigInteger;
import menara.values.Power;

/**
 * An electric circuit by its name plate: volts, amperes and phases say how much power it carries.
 *
 * @param volts volts (V), between the phases when there are three
 * @param amperes amperes (A)
 * @param phases 1 or 3
 */
public record Circuit(int volts, int amperes, int phases) {

    private static final int MAX_VOLTS = 500_000;
    private static final int MAX_AMPERES = 100_000;
    private static final int THREE_PHASE = 3;

    public Circuit {
        if (volts < 1 || volts > MAX_VOLTS) {
            throw new IllegalArgumentException("volts must be 1 to %d, was %d".formatted(MAX_VOLTS, volts));
        }
        if (amperes < 1 || amperes > MAX_AMPERES) {
            throw new IllegalArgumentException("amperes must be 1 to %d, was %d".formatted(MAX_AMPERES, amperes));
        }
        if (phases != 1 && phases != THREE_PHASE) {
            throw new IllegalArgumentException("phases must be 1 or 3, was %d".formatted(phases));
        }
    }

    /** Volts × amperes, × √3 when three-phase; the fraction of a watt is left out. */
    Power power() {
        var product = BigInteger.valueOf((long) volts * amperes);
        // √(3 p²) = √3 p, without a floating point number.
        return Power.watts((phases == THREE_PHASE
                        ? product.pow(2)
                                .multiply(BigInteger.valueOf(THREE_PHASE))
                                .sqrt()
                        : product)
                .longValueExact());
    }
}
