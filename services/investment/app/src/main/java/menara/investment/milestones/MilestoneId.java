package menara.investment.milestones;

import java.util.regex.Pattern;
import menara.values.TypedId;

/**
 * A milestone, by the name the financing agreement gives it.
 *
 * @param value {@code phase-1-first-racks}
 */
public record MilestoneId(String value) implements TypedId<String> {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?");

    public MilestoneId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "milestone must be 1 to 80 letters, digits, dots, dashes or underscores and begin and end with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
