package menara.billing.drafting;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import menara.billing.contracts.Buyer;
import menara.values.Money;
import org.jspecify.annotations.Nullable;

/**
 * Which VAT applies (Moroccan tax code, articles 92 and 98).
 *
 * @param category UNCL 5305: {@code S} standard rate, {@code G} export, not charged
 * @param percent 20 or 0
 * @param reason why none is charged; null if it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Vat(
        String category,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal percent,
        @Nullable String reason) {

    static final Vat STANDARD = new Vat("S", BigDecimal.valueOf(20), null);
    static final Vat EXPORT =
            new Vat("G", BigDecimal.ZERO, "Exported services, article 92-I-1 of the Moroccan tax code");

    /** Services to a buyer outside Morocco are exported; where the buyer is not known yet, VAT is due. */
    static Vat of(@Nullable Buyer buyer) {
        return buyer == null || buyer.inMorocco() ? STANDARD : EXPORT;
    }

    public Money on(Money net) {
        return net.times(percent.movePointLeft(2)).rounded();
    }
}
