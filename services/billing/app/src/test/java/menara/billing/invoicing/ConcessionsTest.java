package menara.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import menara.billing.drafting.AskedFor;
import menara.billing.drafting.Drafted;
import menara.billing.drafting.InvoiceId;
import menara.billing.drafting.InvoiceLine;
import menara.billing.drafting.NoteId;
import menara.billing.drafting.NoteKind;
import menara.billing.drafting.NumberSeries;
import menara.billing.invoicing.InvoiceCommands.CreditInvoice;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import menara.values.refusals.RuleViolated;
import org.junit.jupiter.api.Test;

/** A concession lets off what a month asks for, over all its documents, and nothing beyond. */
class ConcessionsTest {

    private static final YearMonth MAY = YearMonth.of(2026, 5);
    private static final YearMonth JUNE = YearMonth.of(2026, 6);
    private static final Instant AT = Instant.parse("2026-08-10T08:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 8, 10);
    private static final ContractId CONTRACT = new ContractId(new UUID(1, 2));
    private static final InvoiceId OF_MAY = InvoiceId.of(CONTRACT, MAY, 1);
    private static final InvoiceId OF_JUNE = InvoiceId.of(CONTRACT, JUNE, 1);

    private final List<InvoiceEvent> log = new ArrayList<>();

    @Test
    void a_concession_beyond_what_later_invoices_left_of_the_month_is_refused_and_says_how_much_is_left() {
        invoiced(OF_MAY, MAY, line(MAY, "100"));
        invoiced(OF_JUNE, JUNE, line(JUNE, "200"), line(MAY, "-40"));

        assertThatThrownBy(() -> concede(OF_MAY, Map.of())).isInstanceOfSatisfying(RuleViolated.class, refusal -> {
            assertThat(refusal.rule()).isEqualTo("concession-beyond-the-month");
            assertThat(refusal).hasMessageContaining("2026-05").hasMessageContaining("60.00 MAD");
        });
        assertThatThrownBy(() -> concede(OF_MAY, Map.of(1, dirham("60.01"))))
                .isInstanceOfSatisfying(
                        RuleViolated.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo("concession-beyond-the-month"));

        concede(OF_MAY, Map.of(1, dirham("60")));
        assertThat(asked().bearable(MAY, dirham("0"))).isEqualTo(dirham("0"));
        assertThatThrownBy(() -> concede(OF_MAY, Map.of(1, dirham("0.01"))))
                .as("it is let off once")
                .isInstanceOfSatisfying(
                        RuleViolated.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo("concession-beyond-the-month"));
    }

    @Test
    void what_two_invoices_ask_for_a_month_may_all_be_let_off_whichever_of_them_is_credited() {
        invoiced(OF_MAY, MAY, line(MAY, "100"));
        invoiced(OF_JUNE, JUNE, line(JUNE, "200"), line(MAY, "40"));

        concede(OF_JUNE, Map.of());
        concede(OF_MAY, Map.of());

        assertThat(asked().bearable(MAY, dirham("0"))).isEqualTo(dirham("0"));
        assertThat(asked().bearable(JUNE, dirham("0"))).isEqualTo(dirham("0"));
    }

    @Test
    void a_correction_may_take_back_more_because_the_month_is_invoiced_anew() {
        invoiced(OF_MAY, MAY, line(MAY, "100"));
        invoiced(OF_JUNE, JUNE, line(JUNE, "200"), line(MAY, "-40"));

        credit(OF_MAY, NoteKind.CORRECTION, Map.of());

        assertThat(asked().stands(MAY)).isFalse();
    }

    private void invoiced(InvoiceId invoice, YearMonth month, InvoiceLine... lines) {
        var content = Drafted.content(
                CONTRACT,
                new TenantId("atlas"),
                month,
                null,
                List.of(lines),
                dirham("0").currency(),
                30);
        log.add(new InvoiceApproved(invoice, CONTRACT, content, "amina", "youssef", AT));
        log.add(new InvoiceIssued(
                invoice, "MNR-2026", 1, "MNR-2026-" + month, TODAY, TODAY, content.total(), null, "youssef", AT));
    }

    private void concede(InvoiceId invoice, Map<Integer, Money> amounts) {
        credit(invoice, NoteKind.CONCESSION, amounts);
    }

    private void credit(InvoiceId invoice, NoteKind kind, Map<Integer, Money> amounts) {
        log.addAll(InvoiceDecisions.decide(
                new CreditInvoice(
                        invoice,
                        CONTRACT,
                        new NoteId(new UUID(7, log.size())),
                        new NumberSeries("MNR", 2026, NumberSeries.Kind.CREDIT_NOTE),
                        TODAY,
                        amounts,
                        kind,
                        "agreed by telephone",
                        "youssef",
                        AT),
                of(invoice).reduce(new Invoice.None(), InvoiceDecisions::evolve, (one, _) -> one),
                asked(),
                Numbering.NEW));
    }

    private Stream<InvoiceEvent> of(InvoiceId invoice) {
        return log.stream()
                .filter(event -> invoice.equals(
                        switch (event) {
                            case InvoiceApproved e -> e.invoice();
                            case InvoiceIssued e -> e.invoice();
                            case InvoiceVoided e -> e.invoice();
                            case CreditNoteIssued e -> e.invoice();
                        }));
    }

    private AskedFor asked() {
        return log.stream().reduce(AskedFor.NOTHING, InvoiceDecisions::evolveAskedFor, (one, _) -> one);
    }

    private static InvoiceLine line(YearMonth month, String net) {
        return Drafted.line("gpu|p|1|", month, "gpu", "as rated", dirham(net));
    }

    private static Money dirham(String amount) {
        return Money.of(amount, "MAD");
    }
}
