package menara.values;

import java.util.Currency;

/** Two currencies met in one sum. Convert first, with a rate that is recorded. */
public final class CurrencyMismatch extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public CurrencyMismatch(Currency expected, Currency actual) {
        super("expected %s but got %s; convert with a recorded rate first".formatted(expected, actual));
    }
}
