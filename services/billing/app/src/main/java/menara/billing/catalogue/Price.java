package menara.billing.catalogue;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import menara.billing.meters.Meter;

/**
 * The short form of a {@link Charge} by the unit.
 *
 * @param meter what is counted
 * @param unitPrice price of one unit ({@link Meter#unit()}) in the plan's currency, never negative; it may have more decimals than the currency
 */
public record Price(
        Meter meter,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal unitPrice) {

    public Price {
        Decimals.price("unitPrice", unitPrice);
    }

    Charge charge() {
        return Charge.of(meter.code(), meter.code(), new PricingModel.Unit(unitPrice));
    }
}
