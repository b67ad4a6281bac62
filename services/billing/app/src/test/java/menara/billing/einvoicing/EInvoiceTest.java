package menara.billing.einvoicing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import menara.billing.contracts.Buyer;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceLine;
import menara.billing.drafting.Seller;
import menara.billing.drafting.Vat;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

/** What we send is valid under EN 16931's own rules, and what is not is said by the rule's name. */
class EInvoiceTest {

    private static final Seller SELLER = new Seller(
            "MNR",
            "Menara Campus SA",
            "1 avenue du Phare",
            "20250",
            "Casablanca",
            "MA",
            "001999999000042",
            "99999942",
            "Casablanca 999942",
            ZoneId.of("Africa/Casablanca"),
            Duration.ofDays(3));
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 4);
    private static final Vat STANDARD = new Vat("S", BigDecimal.valueOf(20), null);
    private static final Vat EXPORT = new Vat("G", BigDecimal.ZERO, "Exported services");
    private static final Buyer ATLAS = new Buyer(
            "Atlas & fils <AI> SA", "12 rue Ibn Batouta", "20000", "Casablanca", "MA", "001234567000089", null);
    private static final Buyer PARIS =
            new Buyer("Rive Gauche SAS", "3 rue du Bac", "75007", "Paris", "FR", null, "FR40303265045");

    private final En16931 rules = new En16931();

    @Test
    void a_domestic_an_exported_and_a_korean_invoice_are_valid() {
        assertThat(violations(domestic())).isEmpty();
        assertThat(violations(exported("USD", "2625.00", "26250.00"))).isEmpty();
        assertThat(violations(exported("KRW", "2625000", "17668.88"))).isEmpty();
    }

    @Test
    void whoever_comes_while_the_rules_are_compiled_waits_for_them() {
        var fresh = new En16931();
        var ubl = UblWriter.write(SELLER, new EInvoice(domestic(), "MNR-2026-INV-000007", TODAY, null));

        fresh.prepare();
        fresh.prepare();

        assertThat(IntStream.range(0, 4).parallel().mapToObj(_ -> fresh.violations(ubl, false)))
                .allMatch(List::isEmpty);
    }

    @Test
    void a_credit_note_is_valid_and_names_its_invoice() {
        var ubl = UblWriter.write(SELLER, new EInvoice(domestic(), "MNR-2026-CN-000001", TODAY, "MNR-2026-INV-000007"));
        assertThat(rules.violations(ubl, true)).isEmpty();
        assertThat(ubl).contains("<cbc:ID>MNR-2026-INV-000007</cbc:ID>", "<cbc:CreditNoteTypeCode>381<");
    }

    @Test
    void a_credit_note_whose_vat_makes_up_for_an_earlier_cent_is_valid() {
        var amount = Money.of("5.02", "MAD");
        var rest = content(
                ATLAS,
                List.of(line(1, "Support", null, null, null, amount)),
                amount,
                STANDARD,
                Money.of("1.01", "MAD"),
                null,
                null);
        var ubl = UblWriter.write(SELLER, new EInvoice(rest, "MNR-2026-CN-000002", TODAY, "MNR-2026-INV-000007"));
        assertThat(rules.violations(ubl, true)).isEmpty();
    }

    @Test
    void what_the_rules_forbid_is_said_by_its_name() {
        var good = domestic();
        var wrongTotal = with(good, good.net(), Money.of("1.00", "MAD"));
        assertThat(violations(wrongTotal)).anyMatch(text -> text.contains("BR-CO-15"));
        var wrongSum = with(good, Money.of("1.00", "MAD"), good.total());
        assertThat(violations(wrongSum)).anyMatch(text -> text.contains("BR-CO-10"));
    }

    @Test
    void a_foreign_currency_states_the_vat_in_dirham_too() {
        assertThat(UblWriter.write(SELLER, new EInvoice(exported("USD", "2625.00", "26250.00"), "N", TODAY, null)))
                .contains("<cbc:TaxCurrencyCode>MAD</cbc:TaxCurrencyCode>", "<cbc:TaxAmount currencyID=\"MAD\">0.00<");
    }

    @Test
    void the_printed_invoice_says_who_what_and_how_much_in_both_languages() throws IOException {
        var invoice = new EInvoice(domestic(), "MNR-2026-INV-000007", TODAY, null);
        assertThat(text(InvoicePdf.of(SELLER, invoice, InvoiceWords.FRENCH)))
                .contains("Facture MNR-2026-INV-000007", "Échéance: 2026-08-03", "ICE 001999999000042")
                .contains("TVA 20 %", "500.00 MAD", "3000.00 MAD", "12.500 GPU h × 210.00 MAD");
        assertThat(text(InvoicePdf.of(SELLER, invoice, InvoiceWords.ENGLISH)))
                .contains("Invoice MNR-2026-INV-000007", "Total with VAT", "3000.00 MAD");
    }

    private static String text(byte[] pdf) throws IOException {
        try (var reader = new PdfReader(pdf)) {
            return new PdfTextExtractor(reader).getTextFromPage(1);
        }
    }

    private List<String> violations(InvoiceContent content) {
        return rules.violations(
                UblWriter.write(SELLER, new EInvoice(content, "MNR-2026-INV-000007", TODAY, null)), false);
    }

    /** 12.5 × 210 − 125 = 2,500 dirham and 500 of VAT. */
    private static InvoiceContent domestic() {
        var lines = List.of(
                line(1, "GPU hours", "12.500", "GPU h", Money.of("210.00", "MAD"), Money.of("2625.00", "MAD")),
                line(2, "Service credit", null, null, null, Money.of("-125.00", "MAD")));
        return content(ATLAS, lines, Money.of("2500.00", "MAD"), STANDARD, Money.of("500.00", "MAD"), null, null);
    }

    private static InvoiceContent exported(String currency, String net, String dirham) {
        var amount = Money.of(net, currency);
        return content(
                PARIS,
                List.of(line(1, "Support", null, null, null, amount)),
                amount,
                EXPORT,
                Money.zero(amount.currency()),
                Money.of("0", "MAD"),
                Money.of(dirham, "MAD"));
    }

    private static InvoiceLine line(
            int number,
            String product,
            @org.jspecify.annotations.Nullable String quantity,
            @org.jspecify.annotations.Nullable String unit,
            @org.jspecify.annotations.Nullable Money unitPrice,
            Money net) {
        return new InvoiceLine(
                number,
                product,
                YearMonth.of(2026, 5),
                product,
                quantity == null ? product : "%s %s × %s (plan v1)".formatted(quantity, unit, unitPrice),
                quantity,
                unit,
                unitPrice,
                net,
                null,
                null,
                null,
                null);
    }

    private static InvoiceContent content(
            Buyer buyer,
            List<InvoiceLine> lines,
            Money net,
            Vat vat,
            Money vatAmount,
            @org.jspecify.annotations.Nullable Money madVat,
            @org.jspecify.annotations.Nullable Money madTotal) {
        return new InvoiceContent(
                new ContractId(new UUID(1, 2)),
                new TenantId("atlas-ai"),
                YearMonth.of(2026, 5),
                buyer,
                lines,
                net,
                vat,
                vatAmount,
                net.plus(vatAmount),
                madVat,
                madTotal,
                60);
    }

    private static InvoiceContent with(InvoiceContent content, Money net, Money total) {
        return new InvoiceContent(
                content.contract(),
                content.tenant(),
                content.month(),
                content.buyer(),
                content.lines(),
                net,
                content.vat(),
                content.vatAmount(),
                total,
                content.madVat(),
                content.madTotal(),
                content.paymentDays());
    }
}
