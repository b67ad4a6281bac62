package menara.billing.fx.feeds;

import java.io.IOException;
import java.math.MathContext;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import menara.billing.fx.Rate;
import menara.billing.fx.RateFeed;
import menara.billing.fx.RateFeedFailed;
import menara.platform.web.PartnerHttp;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The virement rates ("cours de virement") of Bank Al-Maghrib's exchange-rate API: {@code CoursVirement?date=…T12:30:00}, an array of
 * {@code {"date","libDevise","moyen","uniteDevise"}}, where {@code moyen} dirham buy {@code uniteDevise} units of the currency. The key
 * goes in the header {@code Ocp-Apim-Subscription-Key}.
 */
final class BankAlMaghrib implements RateFeed {

    private static final Set<String> WANTED = Set.of("EUR", "USD", "KRW");
    private static final Currency DIRHAM = Currency.getInstance("MAD");

    private final PartnerHttp http;
    private final URI address;
    private final String key;
    private final JsonMapper json = JsonMapper.builder().build();

    /** @param address up to the last slash before {@code CoursVirement} */
    BankAlMaghrib(PartnerHttp http, URI address, String key) {
        this.http = http;
        this.address = address;
        this.key = key;
    }

    @Override
    public String source() {
        return "bank-al-maghrib";
    }

    @Override
    public List<Rate> ratesOn(LocalDate date) {
        var asked = address.resolve("CoursVirement?date=" + date + "T12:30:00");
        try {
            var answer = http.get(asked, Map.of("Ocp-Apim-Subscription-Key", key, "Accept", "application/json"));
            return read(json.readTree(answer), date);
        } catch (IOException | JacksonException e) {
            throw new RateFeedFailed("Bank Al-Maghrib's rates cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Rate> read(JsonNode answer, LocalDate wanted) {
        if (!answer.isArray()) {
            throw new RateFeedFailed("Bank Al-Maghrib's answer is no list of rates");
        }
        var rates = new ArrayList<Rate>();
        for (var row : answer) {
            var code = row.path("libDevise").asString("");
            // On a holiday the bank answers with the last day's rates; they are stored when that day is asked for.
            if (WANTED.contains(code) && row.path("date").asString("").startsWith(wanted.toString())) {
                rates.add(rate(row, code, wanted));
            }
        }
        return rates;
    }

    private static Rate rate(JsonNode row, String code, LocalDate date) {
        try {
            var dirham = row.path("moyen").decimalValue();
            var units = row.path("uniteDevise").decimalValue();
            return new Rate(
                    Currency.getInstance(code),
                    DIRHAM,
                    dirham.divide(units, MathContext.DECIMAL64),
                    "bank-al-maghrib",
                    date);
        } catch (JacksonException | ArithmeticException | IllegalArgumentException e) {
            throw new RateFeedFailed("Bank Al-Maghrib's rate of " + code + " is none", e);
        }
    }
}
