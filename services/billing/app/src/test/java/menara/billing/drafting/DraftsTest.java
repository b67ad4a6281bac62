package menara.billing.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import menara.billing.TestDatabases;
import menara.platform.web.ValuesJacksonModule;
import menara.values.ContractId;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A run that writes its drafts while somebody prepares one. */
class DraftsTest {

    private static final YearMonth MAY = YearMonth.of(2026, 5);
    private static final YearMonth USUAL = Drafting.since(MAY);

    private final Drafts drafts = new Drafts(
            TestDatabases.fresh(),
            JsonMapper.builder().addModule(new ValuesJacksonModule()).build());

    @Test
    void what_somebody_prepared_to_look_further_back_stays_and_the_others_are_written() {
        var prepared = draft(1, USUAL.minusMonths(5), "hand");
        drafts.put(List.of(prepared, draft(2, USUAL, "an earlier run")));

        drafts.add(IntStream.range(0, 4)
                .mapToObj(number -> draft(number, USUAL, "run"))
                .toList());

        assertThat(preparedBy(1)).isEqualTo("hand");
        assertThat(List.of(0, 2, 3))
                .allSatisfy(number -> assertThat(preparedBy(number)).isEqualTo("run"));
    }

    @Test
    void a_run_that_looks_as_far_back_drafts_anew() {
        drafts.put(List.of(draft(1, USUAL.minusMonths(5), "hand")));

        drafts.add(List.of(draft(1, USUAL.minusMonths(5), "run")));

        assertThat(preparedBy(1)).isEqualTo("run");
    }

    private String preparedBy(int number) {
        return drafts.find(invoice(number)).orElseThrow().preparedBy();
    }

    private static InvoiceId invoice(int number) {
        return new InvoiceId(new UUID(1, number));
    }

    private static Drafts.Draft draft(int number, YearMonth since, String preparedBy) {
        var content = InvoiceContent.of(
                new ContractId(new UUID(2, number)),
                new TenantId("atlas-ai"),
                MAY,
                null,
                List.of(),
                Currency.getInstance("MAD"),
                30);
        return Drafts.Draft.of(invoice(number), content, since, preparedBy, Instant.parse("2026-06-01T00:00:00Z"));
    }
}
