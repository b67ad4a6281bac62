package menara.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import menara.billing.contracts.Buyer;
import menara.billing.drafting.Drafted;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceId;
import menara.billing.drafting.InvoiceLine;
import menara.billing.drafting.NoteId;
import menara.billing.drafting.NumberSeries;
import menara.billing.fx.Rate;
import menara.testkit.Seeds;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import menara.values.refusals.RuleViolated;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** However an invoice is credited, in as many notes as somebody likes: what comes back is what was asked for, to the cent. */
class CreditNotesTest {

    private static final int CASES = 3_000;
    private static final YearMonth MAY = YearMonth.of(2026, 5);
    private static final Instant AT = Instant.parse("2026-06-10T08:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 10);
    private static final InvoiceId INVOICE = new InvoiceId(new UUID(1, 1));
    private static final ContractId CONTRACT = new ContractId(new UUID(1, 2));
    private static final NumberSeries NOTES = new NumberSeries("MNR", 2026, NumberSeries.Kind.CREDIT_NOTE);
    private static final Buyer ATLAS =
            new Buyer("Atlas", "12 rue Ibn Batouta", "20000", "Casablanca", "MA", "001234567000089", null);

    @Test
    void two_notes_over_an_invoice_of_12_04_give_back_12_04() {
        var issued = issued(List.of(Money.of("10.03", "MAD")), null);
        assertThat(issued.content().total()).isEqualTo(Money.of("12.04", "MAD"));
        var first = note(issued, Map.of(1, Money.of("5.01", "MAD")));
        var second = note(issued.creditedBy(id(1), first), Map.of());
        assertThat(first.total().plus(second.total())).isEqualTo(Money.of("-12.04", "MAD"));
    }

    @Test
    void no_more_comes_back_than_the_invoice_asked_for_though_a_line_of_it_says_more() {
        var issued = issued(List.of(dirham("100"), dirham("-20")), null);
        assertThatThrownBy(() -> note(issued, Map.of(1, dirham("80.01"))))
                .isInstanceOfSatisfying(
                        RuleViolated.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo("credit-beyond-the-invoice"));
        assertThatThrownBy(() -> note(issued, Map.of(2, dirham("-0.01"))))
                .as("a note that asks for something")
                .isInstanceOfSatisfying(
                        RuleViolated.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo("credit-beyond-the-invoice"));

        var last = note(issued, Map.of(1, dirham("80")));
        assertThat(last.lines())
                .as("the last of it takes all lines along")
                .extracting(InvoiceLine::net)
                .containsExactly(dirham("-100"), dirham("20"));
        var credited = issued.creditedBy(id(1), last);
        assertThat(credited.isCredited()).isTrue();
        assertThatThrownBy(() -> note(credited, Map.of()))
                .isInstanceOfSatisfying(
                        RuleViolated.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo("nothing-to-credit"));
    }

    @Test
    void an_invoice_over_nothing_is_taken_back_once() {
        var issued = issued(List.of(dirham("20"), dirham("-20")), null);
        assertThat(issued.isCredited()).isFalse();
        var credited = issued.creditedBy(id(1), note(issued, Map.of()));
        assertThat(credited.isCredited()).isTrue();
    }

    @Test
    void all_notes_of_a_credited_invoice_add_up_to_it_in_every_figure() {
        long seed = Seeds.of(CreditNotesTest.class);
        var random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            creditAll(random, "seed %d, case %d".formatted(seed, i));
        }
    }

    private static void creditAll(Random random, String place) {
        var currency = Currency.getInstance(List.of("MAD", "USD", "KRW").get(random.nextInt(3)));
        var nets = new ArrayList<Money>();
        for (int lines = 1 + random.nextInt(4); lines > 0; lines--) {
            nets.add(Money.of(
                    BigDecimal.valueOf(random.nextInt(20_000) - 2_000, currency.getDefaultFractionDigits()), currency));
        }
        if (sum(nets, currency).isNegative() || nets.stream().allMatch(Money::isZero)) {
            return; // no such invoice is ever issued, or nothing of it can be taken back
        }
        var rate = currency.equals(InvoiceContent.DIRHAM)
                ? null
                : new Rate(
                        currency,
                        InvoiceContent.DIRHAM,
                        BigDecimal.valueOf(1 + random.nextInt(200_000), 4),
                        "ecb",
                        TODAY);
        var invoice = issued(nets, rate);
        var issued = invoice;
        var notes = new ArrayList<InvoiceContent>();
        while (!issued.isCredited()) {
            var note = note(issued, random.nextInt(8) == 0 ? Map.of() : amounts(issued, random));
            assertThat(note.total()).as(place).isEqualTo(note.net().plus(note.vatAmount()));
            notes.add(note);
            issued = issued.creditedBy(id(notes.size()), note);
        }
        var asked = invoice.content();
        assertThat(sum(notes.stream().map(InvoiceContent::net).toList(), currency))
                .as(place)
                .isEqualTo(asked.net().negated());
        assertThat(sum(notes.stream().map(InvoiceContent::vatAmount).toList(), currency))
                .as("VAT, " + place)
                .isEqualTo(asked.vatAmount().negated());
        assertThat(sum(notes.stream().map(InvoiceContent::total).toList(), currency))
                .as("total, " + place)
                .isEqualTo(asked.total().negated());
        if (rate != null) {
            assertThat(dirham(notes.stream().map(InvoiceContent::madVat).toList()))
                    .as("VAT in dirham, " + place)
                    .isEqualTo(dirham(java.util.Arrays.asList(asked.madVat())).negated());
            assertThat(dirham(notes.stream().map(InvoiceContent::madTotal).toList()))
                    .as("total in dirham, " + place)
                    .isEqualTo(dirham(java.util.Arrays.asList(asked.madTotal())).negated());
        }
    }

    /** A part of each of some lines, at least one that has something left; all that is left if that is more than the invoice. */
    private static Map<Integer, Money> amounts(Invoice.Issued issued, Random random) {
        var amounts = new HashMap<Integer, Money>();
        for (var line : issued.content().lines()) {
            var left = line.net().minus(issued.creditedOf(line));
            if (!left.isZero() && (amounts.isEmpty() || random.nextBoolean())) {
                var part = random.nextInt(3) == 0
                        ? left
                        : left.times(BigDecimal.valueOf(random.nextInt(1, 100), 2))
                                .rounded();
                amounts.put(line.number(), part.isZero() ? left : part);
            }
        }
        var note = sum(List.copyOf(amounts.values()), issued.content().net().currency());
        var left = issued.content().net().minus(issued.creditedNet());
        return note.isNegative() || note.compareTo(left) > 0 ? Map.of() : amounts;
    }

    private static InvoiceContent note(Invoice.Issued issued, Map<Integer, Money> amounts) {
        return CreditNotes.of(amounts, issued);
    }

    private static Money dirham(String amount) {
        return Money.of(amount, "MAD");
    }

    private static NoteId id(int n) {
        return new NoteId(new UUID(9, n));
    }

    private static Money sum(List<Money> amounts, Currency currency) {
        return Money.sum(amounts, currency);
    }

    private static Money dirham(List<@Nullable Money> amounts) {
        var sum = Money.of("0", "MAD");
        for (var amount : amounts) {
            sum = sum.plus(java.util.Objects.requireNonNull(amount));
        }
        return sum;
    }

    private static Invoice.Issued issued(List<Money> nets, @Nullable Rate rate) {
        var lines = nets.stream()
                .map(net -> Drafted.line("k", MAY, "GPU hours", "as used", net))
                .toList();
        var content = Drafted.content(
                CONTRACT,
                new TenantId("atlas-ai"),
                MAY,
                ATLAS,
                lines,
                nets.getFirst().currency(),
                30);
        return Invoice.Issued.of(
                new Invoice.Approved(content, "amina", "youssef"),
                new InvoiceIssued(
                        INVOICE,
                        NOTES.toString(),
                        1,
                        "MNR-2026-INV-000001",
                        TODAY,
                        TODAY,
                        content.total(),
                        rate,
                        "youssef",
                        AT));
    }
}
