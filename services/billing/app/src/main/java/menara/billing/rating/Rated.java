package menara.billing.rating;

import java.util.List;

/**
 * A month, rated.
 *
 * @param lines what is owed
 * @param rollover what the next month begins with
 */
public record Rated(List<RatedLine> lines, RolloverBalance rollover) {

    public Rated {
        lines = List.copyOf(lines);
    }
}
