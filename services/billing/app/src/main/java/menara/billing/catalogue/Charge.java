package menara.billing.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import menara.values.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a price plan charges for: a product, the meter that counts it if there is one, and how it is priced.
 *
 * @param code name within the plan, the same in every version that charges for the same thing
 * @param product what the invoice calls it
 * @param meter code of the meter that counts it; null if nothing is counted
 * @param match only usage with these dimension values; null or empty for all of the meter's
 * @param model how it is priced
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Charge(
        String code,
        String product,
        @Nullable String meter,
        @Nullable Map<String, String> match,
        PricingModel model) {

    static final int MAX_PRODUCT_LENGTH = 120;
    private static final Pattern CODE = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

    public Charge {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("code must be 1 to 40 small letters, digits or dashes");
        }
        if (product.isBlank() || product.length() > MAX_PRODUCT_LENGTH) {
            throw new IllegalArgumentException("product must be 1 to %d characters".formatted(MAX_PRODUCT_LENGTH));
        }
        PlainText.require(product, "product");
        if (model.needsMeter() != (meter != null)) {
            throw new IllegalArgumentException(
                    model.needsMeter() ? "meter must say what is counted" : "meter must be absent: nothing is counted");
        }
        match = match == null || match.isEmpty() ? null : new TreeMap<>(match);
    }

    static Charge of(String code, String meter, PricingModel model) {
        return new Charge(code, code, meter, null, model);
    }

    public Optional<String> meterCode() {
        return Optional.ofNullable(meter);
    }

    /** Whether this charge counts usage with these dimension values. */
    public boolean covers(Map<String, String> dimensions) {
        return match == null || dimensions.entrySet().containsAll(match.entrySet());
    }
}
