package menara.billing.projections;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import menara.billing.meters.Meter;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;

class AccruedCsvTest {

    private static final Instant AS_OF = Instant.parse("2026-02-01T00:00:00Z");

    @Test
    void each_line_and_each_credit_is_a_row_and_a_credit_is_negative() {
        assertThat(AccruedCsv.of(view("12.500 GPU h × 2.10 USD (plan v1)")).lines())
                .containsExactly(
                        "contract,tenant,month,kind,meter,planVersion,quantity,unit,exactQuantity,unitPrice,amount,currency,explanation,asOf",
                        "00000000-0000-0001-0000-000000000001,atlas-ai,2026-01,charge,gpu-hour,1,12.500,GPU"
                                + " h,45000000000,2.10,26.25,USD,12.500 GPU h × 2.10 USD (plan v1),2026-02-01T00:00:00Z",
                        "00000000-0000-0001-0000-000000000001,atlas-ai,2026-01,sla-credit,,,,,,,-2.62,USD,"
                                + "availability 99.8 %: 10 % of 26.25 USD,2026-02-01T00:00:00Z");
    }

    @Test
    void a_text_that_a_spreadsheet_would_run_is_neutralised() {
        assertThat(AccruedCsv.of(view("=HYPERLINK(\"http://evil\")")))
                .contains(",\"'=HYPERLINK(\"\"http://evil\"\")\",");
    }

    @Test
    void all_rows_add_up_to_what_is_unbilled_and_those_before_the_documents_to_what_accrued() {
        var csv = AccruedCsv.of(view(
                "any",
                new AccruedView.Document("INV-1", AccruedView.DocumentKind.INVOICE, usd("25.00")),
                new AccruedView.Document("CN-1", AccruedView.DocumentKind.CORRECTION, usd("-5.00")),
                new AccruedView.Document("CN-2", AccruedView.DocumentKind.CONCESSION, usd("-1.00"))));
        var rows = csv.lines().skip(1).map(line -> List.of(line.split(",", -1))).toList();
        assertThat(rows)
                .extracting(row -> row.get(3) + " " + row.get(10) + " " + row.get(12))
                .containsExactly(
                        "charge 26.25 any",
                        "sla-credit -2.62 availability 99.8 %: 10 % of 26.25 USD",
                        "invoice -25.00 INV-1",
                        "credit-note 5.00 CN-1",
                        "concession -1.00 CN-2",
                        "credit-note 1.00 CN-2");
        assertThat(rows.stream().map(row -> new BigDecimal(row.get(10))).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("3.63");
    }

    private static AccruedView view(String explanation, AccruedView.Document... issued) {
        var documents = List.of(issued);
        var letOff = Money.sum(
                documents.stream()
                        .filter(document -> document.kind() == AccruedView.DocumentKind.CONCESSION)
                        .map(document -> document.net().negated())
                        .toList(),
                Currency.getInstance("USD"));
        var line = new AccruedView.Line(
                "gpu-hour",
                Meter.GPU_HOUR,
                1,
                "12.500",
                "GPU h",
                "45000000000",
                null,
                Money.of("2.10", "USD"),
                Money.of("26.25", "USD"),
                explanation);
        var credit = new AccruedView.CreditLine(
                new BigDecimal("99.8"),
                BigDecimal.TEN,
                Money.of("2.62", "USD"),
                "availability 99.8 %: 10 % of 26.25 USD");
        return new AccruedView(
                AS_OF,
                List.of(new AccruedView.Accrued(
                        new ContractId(new UUID(1, 1)),
                        new TenantId("atlas-ai"),
                        YearMonth.of(2026, 1),
                        List.of(line),
                        List.of(credit),
                        documents,
                        usd("26.25"),
                        usd("2.62"),
                        letOff,
                        usd("22.63"),
                        usd("19.00"),
                        usd("3.63"))),
                List.of(new AccruedView.Totals(usd("22.63"), usd("19.00"), usd("3.63"))),
                List.of());
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
