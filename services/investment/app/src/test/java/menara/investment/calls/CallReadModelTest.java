package menara.investment.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import menara.investment.TestDatabase;
import menara.investment.calls.CallView.ShareView;
import menara.investment.calls.CapitalCallIssued.Share;
import menara.investment.commitments.FundId;
import menara.investment.milestones.MilestoneId;
import menara.platform.documents.Paging;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;
import menara.values.refusals.InvalidField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallReadModelTest {

    private static final PartnerId NAVER = new PartnerId("naver-cloud");
    private static final PhaseId PHASE = new PhaseId("phase-1");
    private static final MilestoneId MILESTONE = new MilestoneId("first-racks");
    private static final Signatory AMINA = new Signatory("sub-amina", "amina");
    private static final Signatory KARIM = new Signatory("sub-karim", "karim");
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
    private static final LocalDate DUE = LocalDate.of(2026, 11, 16);

    private final TestDatabase mongo = new TestDatabase();
    private final CallReadModel documents = new CallReadModel(mongo.database());

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void a_draft_shows_no_shares() {
        documents.on(drafted(1));

        assertThat(documents.find(call(1)))
                .contains(new CallView(
                        call(1), "draft", PHASE, MILESTONE, "Racks", mad("100"), DUE, "amina", null, null, List.of()));
    }

    @Test
    void part_payments_add_up_and_a_replay_changes_nothing() {
        for (int replay = 0; replay < 2; replay++) {
            documents.on(drafted(1));
            documents.on(issued(1));
            documents.on(paid(1, "30"));
            documents.on(paid(2, "0.01"));
        }

        assertThat(documents.find(call(1))).hasValueSatisfying(view -> {
            assertThat(view.state()).isEqualTo("issued");
            assertThat(view.issuedBy()).isEqualTo("karim");
            assertThat(view.issuedAt()).isEqualTo(NOW);
            assertThat(view.shares()).containsExactly(new ShareView(NAVER, mad("100"), mad("30.01"), mad("69.99")));
        });
    }

    @Test
    void pages_follow_each_other_without_a_gap_and_end() {
        for (int call = 1; call <= 5; call++) {
            documents.on(drafted(call));
        }
        var seen = new ArrayList<CapitalCallId>();
        var cursor = Optional.<String>empty();
        do {
            var page = documents.page(Paging.of(Optional.of(2), cursor), Optional.empty());
            page.items().forEach(view -> seen.add(view.call()));
            cursor = Optional.ofNullable(page.next());
        } while (cursor.isPresent());

        assertThat(seen).containsExactly(call(1), call(2), call(3), call(4), call(5));
        documents.on(issued(2));
        assertThat(inState("issued")).containsExactly(call(2));
        assertThat(inState("draft")).containsExactly(call(1), call(3), call(4), call(5));
        assertThatThrownBy(() -> inState("paid")).isInstanceOf(InvalidField.class);
    }

    private List<CapitalCallId> inState(String state) {
        return documents.page(Paging.of(Optional.empty(), Optional.empty()), Optional.of(state)).items().stream()
                .map(CallView::call)
                .toList();
    }

    private static CapitalCallDrafted drafted(int call) {
        return new CapitalCallDrafted(call(call), PHASE, MILESTONE, "Racks", mad("100"), DUE, AMINA, NOW);
    }

    private static CapitalCallIssued issued(int call) {
        return new CapitalCallIssued(
                call(call), FundId.CAMPUS, PHASE, "Racks", DUE, List.of(new Share(NAVER, mad("100"))), KARIM, NOW);
    }

    private static ContributionReceived paid(int contribution, String amount) {
        return new ContributionReceived(
                call(1), new ContributionId(new UUID(7, contribution)), NAVER, mad(amount), DUE, NOW);
    }

    private static CapitalCallId call(int number) {
        return new CapitalCallId(new UUID(7, number));
    }

    private static Money mad(String amount) {
        return Money.of(amount, "MAD");
    }
}
