package menara.investment.commitments;

import java.util.regex.Pattern;
import menara.values.TypedId;

/**
 * The class of shares that a commitment buys, as the shareholders' agreement names it.
 *
 * @param value {@code A}, {@code preferred}
 */
public record ShareClass(String value) implements TypedId<String> {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,39}");

    public ShareClass {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "share class must be 1 to 40 letters, digits or dashes and begin with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
