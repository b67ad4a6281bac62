package menara.billing.drafting;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import menara.billing.contracts.Buyer;
import menara.billing.fx.Rate;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Everything an invoice says, before it has a number.
 *
 * @param month calendar month in the contract's zone
 * @param buyer whom it is addressed to; null if the contract names no buyer
 * @param lines what is charged, numbered from 1
 * @param net sum of the lines, always
 * @param vat which VAT applies
 * @param vatAmount rounded once
 * @param total with VAT
 * @param madVat the VAT in dirham (EN 16931 BT-111), at the rate of the day until it is issued and then at that of the issue; null if the
 *     invoice is in dirham, or if no rate is known
 * @param madTotal the total in dirham; null likewise
 * @param paymentDays days from issue until it is due
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InvoiceContent(
        ContractId contract,
        TenantId tenant,
        YearMonth month,
        @Nullable Buyer buyer,
        List<InvoiceLine> lines,
        Money net,
        Vat vat,
        Money vatAmount,
        Money total,
        @Nullable Money madVat,
        @Nullable Money madTotal,
        int paymentDays) {

    public static final Currency DIRHAM = Currency.getInstance("MAD");

    public InvoiceContent {
        lines = List.copyOf(lines);
    }

    static InvoiceContent of(
            ContractId contract,
            TenantId tenant,
            YearMonth month,
            @Nullable Buyer buyer,
            List<InvoiceLine> lines,
            Currency currency,
            int paymentDays) {
        var numbered = new ArrayList<InvoiceLine>(lines.size());
        for (var line : lines) {
            numbered.add(line.numbered(numbered.size() + 1));
        }
        var net = Money.sum(numbered.stream().map(InvoiceLine::net).toList(), currency);
        var vat = Vat.of(buyer);
        var vatAmount = vat.on(net);
        return new InvoiceContent(
                contract,
                tenant,
                month,
                buyer,
                numbered,
                net,
                vat,
                vatAmount,
                net.plus(vatAmount),
                null,
                null,
                paymentDays);
    }

    /** The same content with every amount also in dirham at a rate, in place of earlier dirham amounts. */
    public InvoiceContent at(Rate rate) {
        var converted = lines.stream()
                .map(line -> line.inDirham(dirham(line.net(), rate.value()), rate))
                .toList();
        var vatInDirham = dirham(vatAmount, rate.value());
        return new InvoiceContent(
                contract,
                tenant,
                month,
                buyer,
                converted,
                net,
                vat,
                vatAmount,
                total,
                vatInDirham,
                // The sum of what the lines and the VAT say in dirham, so that a reader can add it up.
                madNet(converted).plus(vatInDirham),
                paymentDays);
    }

    @JsonIgnore
    public boolean isInDirham() {
        return net.currency().equals(DIRHAM);
    }

    public static Money madNet(List<InvoiceLine> lines) {
        return Money.sum(
                lines.stream()
                        .flatMap(line -> Optional.ofNullable(line.madNet()).stream())
                        .toList(),
                DIRHAM);
    }

    public static Money dirham(Money money, BigDecimal rate) {
        return Money.of(money.amount().multiply(rate), DIRHAM).rounded();
    }

    /** The same content taken back, line by line. */
    public InvoiceContent reversed() {
        return new InvoiceContent(
                contract,
                tenant,
                month,
                buyer,
                lines.stream().map(InvoiceLine::reversed).toList(),
                net.negated(),
                vat,
                vatAmount.negated(),
                total.negated(),
                madVat == null ? null : madVat.negated(),
                madTotal == null ? null : madTotal.negated(),
                paymentDays);
    }

    /** Whether nothing is missing, so that an electronic invoice can be tried. */
    boolean isComplete() {
        return !lines.isEmpty() && !total.isNegative() && buyer != null && (isInDirham() || madVat != null);
    }

    /**
     * SHA-256 over the buyer and the charges: two contents with the same hash ask the same buyer for the same money for the same reasons.
     * Dirham amounts are not part of it, because they follow from the rate of the day of issue, which comes after the approval.
     */
    public String hash() {
        var text = new StringBuilder()
                .append(contract)
                .append('\n')
                .append(month)
                .append('\n')
                .append(buyer)
                .append('\n')
                .append(vat)
                .append('\n')
                .append(total)
                .append('\n');
        for (var line : lines) {
            text.append(line.key())
                    .append('|')
                    .append(line.month())
                    .append('|')
                    .append(line.explanation())
                    .append('|')
                    .append(line.net())
                    .append('\n');
        }
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
