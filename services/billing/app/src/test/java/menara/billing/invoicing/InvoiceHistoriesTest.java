package menara.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import menara.billing.contracts.Buyer;
import menara.billing.drafting.AskedFor;
import menara.billing.drafting.Drafted;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceId;
import menara.billing.drafting.InvoiceLine;
import menara.billing.drafting.NoteId;
import menara.billing.drafting.NoteKind;
import menara.billing.drafting.NumberSeries;
import menara.billing.invoicing.InvoiceCommands.ApproveInvoice;
import menara.billing.invoicing.InvoiceCommands.CreditInvoice;
import menara.billing.invoicing.InvoiceCommands.IssueInvoice;
import menara.billing.invoicing.InvoiceCommands.VoidInvoice;
import menara.testkit.Seeds;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import menara.values.refusals.RuleViolated;
import org.junit.jupiter.api.Test;

/**
 * Random lives of a contract: usage comes early and late, drafts are made and approved after others came first, invoices are issued,
 * voided, corrected and let off. Held against a ledger that adds up the documents as a bookkeeper would, without looking at how drafts are
 * made.
 */
class InvoiceHistoriesTest {

    private static final int HISTORIES = 400;
    private static final int STEPS = 60;
    private static final YearMonth FIRST = YearMonth.of(2026, 1);
    private static final int MONTHS = 5;
    private static final List<String> KEYS = List.of("gpu|p|1|", "rack|p|1|", "sla-credit");
    private static final Money NOTHING = Money.of("0", "MAD");
    private static final ContractId CONTRACT = new ContractId(new UUID(1, 2));
    private static final Instant AT = Instant.parse("2026-09-10T08:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 9, 10);
    private static final Buyer BUYER =
            new Buyer("Atlas", "12 rue Ibn Batouta", "20000", "Casablanca", "MA", "001234567000089", null);

    /** What may be refused in a history; anything else is a fault of the test or of the decisions. */
    private static final Set<String> EXPECTED = Set.of(
            "draft-changed",
            "month-is-invoiced",
            "nothing-to-invoice",
            "invoice-below-zero",
            "already-approved",
            "already-issued",
            "not-approved",
            "invoice-void",
            "not-issued",
            "nothing-to-credit",
            "credit-beyond-the-invoice",
            "concession-beyond-the-month");

    private final Map<YearMonth, Map<String, Money>> known = new TreeMap<>();
    private final List<InvoiceEvent> log = new ArrayList<>();
    private final List<Prepared> drafts = new ArrayList<>();
    private final List<InvoiceId> ids = new ArrayList<>();
    private int notes;

    /** A draft, with what was known of each month when it was made. */
    private record Prepared(
            InvoiceId invoice, InvoiceContent content, AskedFor.Basis basis, Map<YearMonth, Money> known) {}

    @Test
    void a_customer_pays_what_a_month_came_to_less_what_was_let_off_and_is_never_let_off_twice() {
        long seed = Seeds.of(InvoiceHistoriesTest.class);
        int settled = 0;
        for (int i = 0; i < HISTORIES; i++) {
            var history = new InvoiceHistoriesTest();
            var place = "seed %d, history %d".formatted(seed, i);
            history.live(new Random(seed + i), place);
            settled += history.settle(place) ? 1 : 0;
        }
        assertThat(settled)
                .as("histories that end with nothing unbilled, seed " + seed)
                .isGreaterThan(HISTORIES / 3);
    }

    private void live(Random random, String place) {
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> use(random);
                case 3, 4 -> prepare(FIRST.plusMonths(random.nextInt(MONTHS)));
                case 5 -> approve(random, place);
                case 6 -> {
                    approve(random, place);
                    issue(random);
                }
                case 7 -> voided(random);
                default -> credit(random, place);
            }
        }
    }

    private void use(Random random) {
        var month = known.computeIfAbsent(FIRST.plusMonths(random.nextInt(MONTHS)), _ -> new TreeMap<>());
        int key = random.nextInt(KEYS.size() - 1);
        month.put(KEYS.get(key), Money.of(BigDecimal.valueOf(random.nextInt(5_000), 2), NOTHING.currency()));
        // The service credit is a share of what was used, as rating makes it.
        month.remove(KEYS.getLast());
        var charges = Money.sum(month.values(), NOTHING.currency());
        month.put(
                KEYS.getLast(),
                charges.times(BigDecimal.valueOf(-random.nextInt(26), 2)).rounded());
    }

    private void prepare(YearMonth month) {
        var asked = asked();
        if (asked.stands(month)) {
            return;
        }
        long attempt = log.stream()
                .filter(event -> event instanceof InvoiceApproved approved
                        && approved.content().month().equals(month))
                .count();
        var lines = Drafted.difference(month, FIRST, asked, this::lines, NOTHING);
        var content = Drafted.content(CONTRACT, new TenantId("atlas"), month, BUYER, lines, NOTHING.currency(), 30);
        var sums = new HashMap<YearMonth, Money>();
        for (var one = FIRST; !one.isAfter(month); one = one.plusMonths(1)) {
            if (one.equals(month) || asked.stands(one)) {
                sums.put(one, total(one));
            }
        }
        drafts.add(new Prepared(
                InvoiceId.of(CONTRACT, month, (int) attempt + 1), content, asked.basis(FIRST, month), sums));
    }

    private List<InvoiceLine> lines(YearMonth month) {
        var lines = new ArrayList<InvoiceLine>();
        known.getOrDefault(month, Map.of())
                .forEach((key, net) -> lines.add(Drafted.line(key, month, key, "as known", net)));
        return lines;
    }

    private Money total(YearMonth month) {
        return Money.sum(known.getOrDefault(month, Map.of()).values(), NOTHING.currency());
    }

    private void approve(Random random, String place) {
        if (!drafts.isEmpty()) {
            approve(drafts.get(random.nextInt(drafts.size())), place);
        }
    }

    /**
     * Whatever happened since the draft was made: an approval that succeeds leaves every month paid as the draft knew it. A customer never gets
     * back more than was asked for the month, and never pays less than its charges less what was let off, nor less than nothing.
     */
    private boolean approve(Prepared draft, String place) {
        var invoice = invoice(draft.invoice());
        var decided = attempt(() -> InvoiceDecisions.decide(
                new ApproveInvoice(
                        draft.invoice(),
                        CONTRACT,
                        draft.content(),
                        draft.content().hash(),
                        FIRST,
                        draft.basis(),
                        "amina",
                        "youssef",
                        AT,
                        AT),
                invoice,
                asked()));
        if (decided.isEmpty()) {
            return false;
        }
        ids.add(draft.invoice());
        draft.known()
                .forEach((month, charges) ->
                        assertThat(paid(month)).as("%s: %s", place, month).isEqualTo(owed(month, charges)));
        return true;
    }

    private void issue(Random random) {
        if (!ids.isEmpty()) {
            var id = ids.get(random.nextInt(ids.size()));
            attempt(() -> InvoiceDecisions.decide(
                    new IssueInvoice(
                            id, new NumberSeries("MNR", 2026, NumberSeries.Kind.INVOICE), TODAY, null, "youssef", AT),
                    invoice(id),
                    Numbering.NEW));
        }
    }

    private void voided(Random random) {
        if (!ids.isEmpty()) {
            var id = ids.get(random.nextInt(ids.size()));
            attempt(() -> InvoiceDecisions.decide(new VoidInvoice(id, "wrong", "amina", AT), invoice(id)));
        }
    }

    private void credit(Random random, String place) {
        var issued =
                ids.stream().filter(id -> invoice(id) instanceof Invoice.Issued).toList();
        if (issued.isEmpty()) {
            return;
        }
        var id = issued.get(random.nextInt(issued.size()));
        var invoice = (Invoice.Issued) invoice(id);
        var amounts = new HashMap<Integer, Money>();
        if (random.nextBoolean()) {
            var line = invoice.content()
                    .lines()
                    .get(random.nextInt(invoice.content().lines().size()));
            var left = line.net().minus(invoice.creditedOf(line));
            amounts.put(
                    line.number(),
                    left.times(BigDecimal.valueOf(random.nextInt(1, 101), 2)).rounded());
        }
        var noted = attempt(() -> InvoiceDecisions.decide(
                new CreditInvoice(
                        id,
                        CONTRACT,
                        new NoteId(new UUID(7, ++notes)),
                        new NumberSeries("MNR", 2026, NumberSeries.Kind.CREDIT_NOTE),
                        TODAY,
                        amounts,
                        random.nextBoolean() ? NoteKind.CONCESSION : NoteKind.CORRECTION,
                        "why not",
                        "youssef",
                        AT),
                invoice,
                asked(),
                Numbering.NEW));
        noted.stream().flatMap(List::stream).forEach(event -> requireNothingBelowZero((CreditNoteIssued) event, place));
    }

    /** What is let off of a month is never more than the month still asks for, not even until the next draft. */
    private void requireNothingBelowZero(CreditNoteIssued note, String place) {
        if (note.kind() == NoteKind.CONCESSION) {
            known.keySet().stream()
                    .filter(month -> of(month, note.content()).isNegative())
                    .forEach(month -> assertThat(paid(month).isNegative())
                            .as("%s: %s after %s", place, month, note)
                            .isFalse());
        }
    }

    /** Every month is invoiced, and one draft after the term takes what is left; answers whether nothing came to less than zero. */
    private boolean settle(String place) {
        for (int i = 0; i < MONTHS; i++) {
            drafts.clear();
            prepare(FIRST.plusMonths(i));
            drafts.forEach(draft -> approve(draft, place));
        }
        drafts.clear();
        prepare(FIRST.plusMonths(MONTHS));
        if (!drafts.isEmpty() && drafts.getFirst().content().total().isNegative()) {
            return false; // a clerk credits an earlier invoice
        }
        drafts.forEach(draft -> approve(draft, place));
        boolean settled = true;
        for (int i = 0; i < MONTHS; i++) {
            var month = FIRST.plusMonths(i);
            settled &= paid(month).equals(owed(month, total(month)));
        }
        return settled;
    }

    /** What the customer has to pay for a month, added up from the documents alone. */
    private Money paid(YearMonth month) {
        var sum = NOTHING;
        for (var event : log) {
            if (event instanceof InvoiceApproved approved && !isVoid(approved.invoice())) {
                sum = sum.plus(of(month, approved.content()));
            }
            if (event instanceof CreditNoteIssued note) {
                sum = sum.plus(of(month, note.content()));
            }
        }
        return sum;
    }

    private Money owed(YearMonth month, Money charges) {
        var letOff = NOTHING;
        for (var event : log) {
            if (event instanceof CreditNoteIssued note && note.kind() == NoteKind.CONCESSION) {
                letOff = letOff.minus(of(month, note.content()));
            }
        }
        var owed = charges.minus(letOff);
        return owed.isNegative() ? NOTHING : owed;
    }

    private boolean isVoid(InvoiceId invoice) {
        return log.stream()
                .anyMatch(event -> event instanceof InvoiceVoided voided
                        && voided.invoice().equals(invoice));
    }

    private static Money of(YearMonth month, InvoiceContent content) {
        return Money.sum(
                content.lines().stream()
                        .filter(line -> line.month().equals(month))
                        .map(InvoiceLine::net)
                        .toList(),
                NOTHING.currency());
    }

    private Optional<List<InvoiceEvent>> attempt(java.util.function.Supplier<List<InvoiceEvent>> decision) {
        try {
            var decided = decision.get();
            log.addAll(decided);
            return decided.isEmpty() ? Optional.empty() : Optional.of(decided);
        } catch (RuleViolated refusal) {
            assertThat(EXPECTED).contains(refusal.rule());
            return Optional.empty();
        }
    }

    private AskedFor asked() {
        return log.stream().reduce(AskedFor.NOTHING, InvoiceDecisions::evolveAskedFor, (one, _) -> one);
    }

    private Invoice invoice(InvoiceId id) {
        Invoice invoice = new Invoice.None();
        for (var event : log) {
            if (of(event).equals(id)) {
                invoice = InvoiceDecisions.evolve(invoice, event);
            }
        }
        return invoice;
    }

    private static InvoiceId of(InvoiceEvent event) {
        return switch (event) {
            case InvoiceApproved e -> e.invoice();
            case InvoiceIssued e -> e.invoice();
            case InvoiceVoided e -> e.invoice();
            case CreditNoteIssued e -> e.invoice();
        };
    }
}
