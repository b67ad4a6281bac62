package menara.capacity.placement;

/**
 * How many choices of racks may be tried where no order of racks finds all there is. One budget serves one question, at however many times
 * and places it is answered: what is asked costs the same whether it fits somewhere or nowhere.
 */
public final class SearchBudget {

    /** All choices of four out of two dozen racks: some milliseconds. */
    static final int MAX_CHOICES = 20_000;

    private int left = MAX_CHOICES;

    /** Whether one more may be tried; it counts from now on. */
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
