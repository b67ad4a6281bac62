package menara.investment.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import menara.investment.TestDatabase;
import menara.investment.calls.CapitalCallIssued;
import menara.investment.calls.CapitalCallIssued.Share;
import menara.investment.calls.ContributionId;
import menara.investment.calls.ContributionReceived;
import menara.investment.calls.Signatory;
import menara.investment.commitments.CommitmentMade;
import menara.investment.commitments.FundId;
import menara.investment.commitments.ShareClass;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountReadModelTest {

    private static final PartnerId NAVER = new PartnerId("naver-cloud");
    private static final PartnerId LLOYDS = new PartnerId("lloyds-capital");
    private static final CapitalCallId CALL = new CapitalCallId(new UUID(7, 1));
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);

    private final TestDatabase mongo = new TestDatabase();
    private final AccountReadModel documents = new AccountReadModel(mongo.database());

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void every_line_is_read_back_as_it_happened_and_a_replay_changes_nothing() {
        replay();
        var once = documents.all();
        replay();

        assertThat(documents.all()).isEqualTo(once);
        assertThat(once.commitments()).containsEntry(NAVER, mad("1000.10")).containsEntry(LLOYDS, mad("500"));
        assertThat(documents.of(NAVER))
                .isEqualTo(new Ledger(
                        List.of(new Entry.Committed(NAVER, new ShareClass("A"), mad("1000.10"), NOW)),
                        List.of(new Entry.Called(
                                NAVER, CALL, new PhaseId("phase-1"), "Racks", DAY, mad("66.67"), NOW.plusSeconds(1))),
                        List.of(new Entry.Contributed(
                                NAVER,
                                new ContributionId(new UUID(7, 2)),
                                CALL,
                                mad("0.01"),
                                DAY,
                                NOW.plusSeconds(2)))));
    }

    @Test
    void a_partner_that_does_not_exist_has_no_lines() {
        replay();

        assertThat(documents.of(new PartnerId("stranger")).lines()).isEmpty();
    }

    private void replay() {
        documents.on(new CommitmentMade(FundId.CAMPUS, NAVER, new ShareClass("A"), mad("1000.10"), NOW));
        documents.on(new CommitmentMade(FundId.CAMPUS, LLOYDS, new ShareClass("A"), mad("500"), NOW));
        documents.on(new CapitalCallIssued(
                CALL,
                FundId.CAMPUS,
                new PhaseId("phase-1"),
                "Racks",
                DAY,
                List.of(new Share(LLOYDS, mad("33.33")), new Share(NAVER, mad("66.67"))),
                new Signatory("sub-karim", "karim"),
                NOW.plusSeconds(1)));
        documents.on(new ContributionReceived(
                CALL, new ContributionId(new UUID(7, 2)), NAVER, mad("0.01"), DAY, NOW.plusSeconds(2)));
    }

    private static Money mad(String amount) {
        return Money.of(amount, "MAD");
    }
}
