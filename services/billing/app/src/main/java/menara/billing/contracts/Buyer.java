package menara.billing.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.Set;
import menara.values.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * Whom an invoice is addressed to.
 *
 * @param name registered name
 * @param country ISO 3166-1 alpha-2
 * @param ice Morocco's common identifier of enterprises, 15 digits; needed of buyers in Morocco
 * @param vatId VAT identifier with its country prefix (EN 16931 BT-48)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Buyer(
        String name,
        String street,
        String postalCode,
        String city,
        String country,
        @Nullable String ice,
        @Nullable String vatId) {

    private static final int MAX_TEXT = 120;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    public Buyer {
        for (var text : new String[] {name, street, city}) {
            if (text.isBlank() || text.length() > MAX_TEXT) {
                throw new IllegalArgumentException(
                        "name, street and city must be 1 to %d characters".formatted(MAX_TEXT));
            }
        }
        if (postalCode.length() > MAX_TEXT) {
            throw new IllegalArgumentException("postalCode must be at most %d characters".formatted(MAX_TEXT));
        }
        PlainText.require(name, "name");
        PlainText.require(street, "street");
        PlainText.require(postalCode, "postalCode");
        PlainText.require(city, "city");
        if (!COUNTRIES.contains(country)) {
            throw new IllegalArgumentException("country must be a country of ISO 3166-1, two letters: MA");
        }
        if (ice != null && !ice.matches("\\d{15}")) {
            throw new IllegalArgumentException("ice must be 15 digits");
        }
        if (isMoroccan(country) && ice == null) {
            throw new IllegalArgumentException("ice is needed of a buyer in Morocco");
        }
        if (vatId != null && !vatId.matches("[A-Z]{2}[A-Za-z0-9+*.]{2,13}")) {
            throw new IllegalArgumentException("vatId must begin with its country: FR40303265045");
        }
    }

    private static boolean isMoroccan(String country) {
        return country.equals("MA");
    }

    public boolean inMorocco() {
        return isMoroccan(country);
    }
}
