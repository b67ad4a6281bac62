package menara.capacity.placement;

/**
 * How many combinations of racks may be tried where no single order finds every solution. One budget serves a whole question, however many
 * times and places are tried, so that its cost is bounded whether the demand fits or not.
 */
public final class SearchBudget {

    /** All combinations of four out of two dozen racks: a few milliseconds. */
    static final int MAX_CHOICES = 20_000;

    private int left = MAX_CHOICES;

    /** Whether one more may be tried; counts it. */
    boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    public int left() {
        return left;
    }
}
