package menara.billing.projections;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import menara.billing.contracts.Contract;
import menara.billing.credits.CreditReadModel;
import menara.billing.drafting.NoteKind;
import menara.billing.meters.Meter;
import menara.billing.rating.MonthCharges;
import menara.billing.rating.Quantity;
import menara.billing.rating.RatedLine;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What accrued, what of it was invoiced, and what is left to bill. All amounts are net of VAT.
 *
 * @param asOf as-of time; what had accrued until then
 * @param contracts one for each contract that can be rated, ordered by its id
 * @param totals one for each currency, over those contracts
 * @param notRated contracts that cannot be rated; the totals leave them out
 */
record AccruedView(Instant asOf, List<Accrued> contracts, List<Totals> totals, List<NotRated> notRated) {

    /** @param reason why, for people */
    record NotRated(ContractId contract, TenantId tenant, YearMonth month, Currency currency, String reason) {

        static NotRated of(Contract.Signed contract, YearMonth month) {
            return new NotRated(
                    contract.contract(),
                    contract.tenant(),
                    month,
                    contract.currency(),
                    "cannot be rated; finance sees why in the revenue leakage of the month");
        }
    }

    /**
     * @param month calendar month in the contract's zone
     * @param lines what was charged
     * @param creditLines service credits that stand
     * @param documents issued invoices and credit notes with lines of this month
     * @param charges sum of the lines
     * @param credits sum of the credit lines, positive
     * @param concessions what credit notes conceded to the tenant, positive; charges less credits at most
     * @param accrued earned so far: charges less credits and concessions
     * @param invoiced sum of the documents
     * @param unbilled accrued and not invoiced; negative if more was invoiced than has accrued, which the next invoice takes back
     */
    record Accrued(
            ContractId contract,
            TenantId tenant,
            YearMonth month,
            List<Line> lines,
            List<CreditLine> creditLines,
            List<Document> documents,
            Money charges,
            Money credits,
            Money concessions,
            Money accrued,
            Money invoiced,
            Money unbilled) {}

    /** Of one currency; {@code accrued} is always {@code invoiced} and {@code unbilled} together. */
    record Totals(Money accrued, Money invoiced, Money unbilled) {

        Totals plus(Totals other) {
            return new Totals(
                    accrued.plus(other.accrued), invoiced.plus(other.invoiced), unbilled.plus(other.unbilled));
        }
    }

    /** What an issued document is. */
    enum DocumentKind {
        INVOICE,
        /** A credit note that corrects an invoice. */
        CORRECTION,
        /** A credit note that concedes an amount. */
        CONCESSION;

        static DocumentKind of(NoteKind kind) {
            return switch (kind) {
                case CORRECTION -> CORRECTION;
                case CONCESSION -> CONCESSION;
            };
        }

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param number as printed
     * @param net its amount for the month, negative for a credit note
     */
    record Document(String number, DocumentKind kind, Money net) {}

    /**
     * @param charge the plan's charge
     * @param meter null if nothing is counted
     * @param quantity for people, see {@link menara.billing.rating.Quantity#shown()}
     * @param milliGpuMilliseconds the exact quantity of a GPU-hour line; text, because it exceeds what JSON readers keep exactly
     * @param rackMilliseconds the exact quantity of a rack-hour line; text likewise
     * @param unitPrice null if the plan version does not price this meter
     * @param explanation the arithmetic
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            String charge,
            @Nullable Meter meter,
            int planVersion,
            @Nullable String quantity,
            @Nullable String unit,
            @Nullable String milliGpuMilliseconds,
            @Nullable String rackMilliseconds,
            @Nullable Money unitPrice,
            Money amount,
            String explanation) {

        static Line of(RatedLine line) {
            var quantity = line.quantity();
            return new Line(
                    line.charge(),
                    quantity.map(Quantity::meter).orElse(null),
                    line.planVersion(),
                    quantity.map(Quantity::shown).orElse(null),
                    quantity.map(used -> used.meter().unit()).orElse(null),
                    exact(quantity, Meter.GPU_HOUR),
                    exact(quantity, Meter.RACK_HOUR),
                    line.unitPrice().orElse(null),
                    line.amount(),
                    line.explanation());
        }

        private static @Nullable String exact(Optional<Quantity> quantity, Meter meter) {
            return quantity.filter(used -> used.meter().equals(meter))
                    .map(used -> used.parts().toString())
                    .orElse(null);
        }
    }

    /**
     * @param availabilityPercent measured, rounded down
     * @param creditPercent share of the month's charges
     * @param amount what is credited, positive
     */
    record CreditLine(
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal availabilityPercent,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal creditPercent,
            Money amount,
            String explanation) {

        static CreditLine of(CreditReadModel.Decided decided, MonthCharges charged) {
            var assessed = decided.assessed();
            return new CreditLine(
                    assessed.availability().percent(),
                    assessed.creditPercent(),
                    charged.credit(assessed.creditPercent()),
                    decided.explanation(charged.creditable()));
        }
    }
}
