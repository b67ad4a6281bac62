package menara.billing.einvoicing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import menara.billing.contracts.Buyer;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceLine;
import menara.billing.drafting.Seller;
import menara.billing.drafting.Vat;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openpdf.text.pdf.PRTokeniser;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfEncodings;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.PdfString;

/** Whoever the buyer is: his name, street and city stand on the printed invoice, in fonts that are part of it. */
class PrintedInvoiceTest {

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

    private static final List<Buyer> BUYERS = List.of(
            new Buyer("Société Générale d’Énergie", "3 rue de l’Œuvre", "75007", "Orléans-la-Forêt", "FR", null, null),
            new Buyer("Łódź Compute sp. z o.o.", "ul. Źródłowa 7, Śródmieście", "90-001", "Łódź", "PL", null, null),
            new Buyer(
                    "شركة الأطلس للحوسبة",
                    "12 شارع ابن بطوطة",
                    "20000",
                    "الدار البيضاء",
                    "MA",
                    "001234567000089",
                    null),
            new Buyer("주식회사 한빛컴퓨팅", "서울특별시 강남구 테헤란로 152", "06236", "서울", "KR", null, null));

    @TestFactory
    Stream<DynamicTest> name_street_and_city_are_there() {
        return BUYERS.stream()
                .map(buyer -> DynamicTest.dynamicTest(buyer.country(), () -> {
                    var text = text(print(buyer, "GPU hours"));
                    assertThat(text)
                            .contains(parts(buyer.name()))
                            .contains(parts(buyer.street()))
                            .contains(parts(buyer.city()));
                    assertThat(text)
                            .contains(buyer.postalCode(), "Facture MNR-2026-INV-000007", "1200.00 MAD")
                            .contains("10.000 GPU h × 100.00 MAD − ");
                }));
    }

    @Test
    void every_font_is_embedded() throws IOException {
        for (var buyer : BUYERS) {
            try (var reader = new PdfReader(print(buyer, "GPU hours"))) {
                int fonts = 0;
                for (int i = 0; i < reader.getXrefSize(); i++) {
                    if (reader.getPdfObject(i) instanceof PdfDictionary font
                            && PdfName.FONT.equals(font.getAsName(PdfName.TYPE))
                            && font.getAsArray(PdfName.DESCENDANTFONTS) == null) {
                        var descriptor = font.getAsDict(PdfName.FONTDESCRIPTOR);
                        assertThat(descriptor)
                                .as("%s, %s", buyer.country(), font.get(PdfName.BASEFONT))
                                .isNotNull();
                        assertThat(descriptor.get(PdfName.FONTFILE2)).isNotNull();
                        fonts++;
                    }
                }
                assertThat(fonts).isGreaterThanOrEqualTo(2);
            }
        }
    }

    @Test
    void arabic_letters_are_joined_and_run_from_right_to_left() {
        var alone = drawnName("ب");
        var joined = drawnName("ببب");
        assertThat(joined).hasSizeGreaterThanOrEqualTo(3);
        assertThat(joined.containsAll(alone)).as("the form that stands alone").isFalse();
        assertThat(drawnName("اب").getLast())
                .as("the first letter stands rightmost")
                .isEqualTo(drawnName("ا").getLast());
    }

    @Test
    void a_name_of_both_directions_reads_from_the_right() {
        assertThat(text(print(buyer("شركة الأطلس ABC للحوسبة"), "GPU hours")))
                .as("pieces from left to right")
                .containsSubsequence("للحوسبة", "ABC", "شركة الأطلس");
    }

    @Test
    void latin_letters_are_kerned() throws IOException {
        try (var reader = new PdfReader(print(buyer("AVA To Wave"), "GPU hours"))) {
            var page = new String(reader.getPageContent(1), StandardCharsets.ISO_8859_1);
            var name = page.substring(page.indexOf("AVA To Wave"));
            assertThat(name.substring(0, name.indexOf("EMC")))
                    .as("distances between pieces of the line")
                    .contains("]TJ");
        }
    }

    /** Numbers in an Arabic line are pieces of their own: they run from left to right. */
    private static String[] parts(String text) {
        return Stream.of(text.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)"))
                .map(String::strip)
                .toArray(String[]::new);
    }

    private static Buyer buyer(String name) {
        return new Buyer(name, "1 rue A", "20000", "Casablanca", "MA", "001234567000089", null);
    }

    private static List<Integer> drawnName(String name) {
        return drawn(print(buyer(name), "GPU hours")).stream()
                .filter(piece -> piece.text().equals(name))
                .findFirst()
                .orElseThrow()
                .glyphs();
    }

    @Test
    void what_no_font_has_is_named_with_its_field_and_character() {
        assertThat(PrintedText.violations(content(BUYERS.get(2), "حوسبة 계산 Rechnen")))
                .isEmpty();
        assertThat(PrintedText.violations(
                        content(new Buyer("Atlas \uD83D\uDE80", "1 rue A", "1", "北京", "CN", null, null), "GPU \u0ED0")))
                .satisfiesExactly(
                        name -> assertThat(name).startsWith("buyer.name has the character \uD83D\uDE80 (U+1F680)"),
                        city -> assertThat(city).startsWith("buyer.city has the character 北 (U+5317)"),
                        line -> assertThat(line).startsWith("lines[1].product has the character \u0ED0 (U+0ED0)"));
    }

    @Test
    void many_are_printed_at_once_and_each_is_as_it_is_alone() {
        var alone =
                BUYERS.stream().map(buyer -> text(print(buyer, "GPU hours"))).toList();
        var together = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> text(print(BUYERS.get(i % BUYERS.size()), "GPU hours")))
                .toList();
        for (int i = 0; i < together.size(); i++) {
            assertThat(together.get(i)).isEqualTo(alone.get(i % BUYERS.size()));
        }
    }

    @Test
    void a_long_invoice_goes_on_over_pages() throws IOException {
        var one = content(BUYERS.get(2), "GPU hours");
        var lines = IntStream.rangeClosed(1, 120)
                .mapToObj(i -> line(i, "خدمة رقم " + i))
                .toList();
        var many = new InvoiceContent(
                one.contract(),
                one.tenant(),
                one.month(),
                one.buyer(),
                lines,
                one.net(),
                one.vat(),
                one.vatAmount(),
                one.total(),
                null,
                null,
                30);
        try (var reader = new PdfReader(print(many))) {
            assertThat(reader.getNumberOfPages()).isGreaterThan(2);
        }
    }

    private static byte[] print(Buyer buyer, String product) {
        return print(content(buyer, product));
    }

    private static byte[] print(InvoiceContent content) {
        return InvoicePdf.of(
                SELLER,
                new EInvoice(content, "MNR-2026-INV-000007", LocalDate.of(2026, 6, 4), null),
                InvoiceWords.FRENCH);
    }

    /** What is written on the first page, a line for each piece; pieces on one height are one line. */
    private static String text(byte[] pdf) {
        return drawn(pdf).stream()
                .map(Drawn::text)
                .collect(Collectors.joining("\n", "\n", "\n"))
                .replace(" \n", " ");
    }

    /** @param glyphs numbers of the glyphs, from left to right */
    private record Drawn(String text, List<Integer> glyphs) {}

    private static List<Drawn> drawn(byte[] pdf) {
        try (var reader = new PdfReader(pdf)) {
            var tokens = new PRTokeniser(reader.getPageContent(1));
            var pieces = new ArrayList<Drawn>();
            boolean named = false;
            while (tokens.nextToken()) {
                if (tokens.getTokenType() == PRTokeniser.TK_NAME) {
                    named = tokens.getStringValue().equals("ActualText");
                } else if (tokens.getTokenType() == PRTokeniser.TK_STRING) {
                    var bytes = PdfEncodings.convertToBytes(tokens.getStringValue(), null);
                    if (named) {
                        pieces.add(new Drawn(new PdfString(bytes).toUnicodeString(), new ArrayList<>()));
                    } else {
                        for (int i = 0; i < bytes.length; i += 2) {
                            pieces.getLast().glyphs().add(((bytes[i] & 0xFF) << 8) | (bytes[i + 1] & 0xFF));
                        }
                    }
                    named = false;
                }
            }
            return pieces;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InvoiceContent content(Buyer buyer, String product) {
        return new InvoiceContent(
                new ContractId(new UUID(1, 2)),
                new TenantId("atlas-ai"),
                YearMonth.of(2026, 5),
                buyer,
                List.of(line(1, product)),
                Money.of("1000.00", "MAD"),
                new Vat("S", java.math.BigDecimal.valueOf(20), null),
                Money.of("200.00", "MAD"),
                Money.of("1200.00", "MAD"),
                null,
                null,
                30);
    }

    private static InvoiceLine line(int number, String product) {
        return new InvoiceLine(
                number,
                "key",
                YearMonth.of(2026, 5),
                product,
                "10.000 GPU h × 100.00 MAD − AVAILABLE To Wave (plan v1)",
                "10.000",
                "GPU h",
                Money.of("100.00", "MAD"),
                Money.of("1000.00", "MAD"),
                null,
                null,
                null,
                null);
    }
}
