package menara.billing.drafting;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.YearMonth;
import menara.billing.rating.RatedLine;
import menara.values.Money;
import org.jspecify.annotations.Nullable;

/**
 * A line of an invoice, frozen with all it follows from.
 *
 * @param number 1, 2, 3 … on the invoice
 * @param key the same for the same charge, plan version and tier in any month
 * @param month month it belongs to; earlier than the invoice's for an adjustment
 * @param product what was sold
 * @param explanation the arithmetic
 * @param quantity in {@code unit}, for people; null if nothing is counted
 * @param unit null if nothing is counted
 * @param unitPrice null if there is none
 * @param net without VAT, negative for a credit
 * @param madNet the same in dirham at the invoice's rate; null if the invoice is in dirham
 * @param rate dirham for one unit of the currency, from {@code rateSource} for {@code rateDate}; null if the invoice is in dirham
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InvoiceLine(
        int number,
        String key,
        YearMonth month,
        String product,
        String explanation,
        @Nullable String quantity,
        @Nullable String unit,
        @Nullable Money unitPrice,
        Money net,
        @Nullable Money madNet,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        BigDecimal rate,

        @Nullable String rateSource,
        java.time.@Nullable LocalDate rateDate) {

    static InvoiceLine of(YearMonth month, RatedLine line) {
        return new InvoiceLine(
                0,
                line.key(),
                month,
                line.product(),
                line.explanation(),
                line.quantity().map(quantity -> quantity.shown()).orElse(null),
                line.quantity().map(quantity -> quantity.meter().unit()).orElse(null),
                line.unitPrice().orElse(null),
                line.amount(),
                null,
                null,
                null,
                null);
    }

    static InvoiceLine plain(String key, YearMonth month, String product, String explanation, Money net) {
        return new InvoiceLine(0, key, month, product, explanation, null, null, null, net, null, null, null, null);
    }

    InvoiceLine numbered(int place) {
        return new InvoiceLine(
                place,
                key,
                month,
                product,
                explanation,
                quantity,
                unit,
                unitPrice,
                net,
                madNet,
                rate,
                rateSource,
                rateDate);
    }

    InvoiceLine inDirham(Money dirham, menara.billing.fx.Rate frozen) {
        return new InvoiceLine(
                number,
                key,
                month,
                product,
                explanation,
                quantity,
                unit,
                unitPrice,
                net,
                dirham,
                frozen.value(),
                frozen.source(),
                frozen.date());
    }

    /** The line that takes this one back. */
    InvoiceLine reversed() {
        return new InvoiceLine(
                number,
                key,
                month,
                product,
                explanation,
                quantity,
                unit,
                unitPrice,
                net.negated(),
                madNet == null ? null : madNet.negated(),
                rate,
                rateSource,
                rateDate);
    }
}
