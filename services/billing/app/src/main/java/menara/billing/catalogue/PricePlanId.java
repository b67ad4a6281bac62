package menara.billing.catalogue;

import java.util.regex.Pattern;
import menara.values.TypedId;

/** A price plan, by the name people gave it. */
public record PricePlanId(String value) implements TypedId<String> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");

    public PricePlanId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "plan must be 1 to 64 small letters, digits or dashes and begin and end with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
