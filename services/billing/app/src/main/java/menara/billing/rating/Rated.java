package menara.billing.rating;

import java.util.List;

/**
 * A month, rated.
 *
 * @param lines what is owed
 * @param carry what the next month begins with
 */
public record Rated(List<RatedLine> lines, Carry carry) {

    public Rated {
        lines = List.copyOf(lines);
    }
}
