package menara.investment.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import menara.investment.calls.CapitalCallDrafted;
import menara.investment.calls.CapitalCallIssued;
import menara.investment.calls.ContributionId;
import menara.investment.calls.ContributionReceived;
import menara.investment.calls.Signatory;
import menara.investment.commitments.CommitmentMade;
import menara.investment.commitments.FundId;
import menara.investment.commitments.ShareClass;
import menara.investment.milestones.MilestoneId;
import menara.investment.milestones.MilestoneReached;
import menara.investment.milestones.MilestoneSet;
import menara.investment.milestones.RackCounted;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;
import menara.values.RackId;
import org.junit.jupiter.api.Test;

class InvestmentPublicationTest {

    private static final CapitalCallId CALL = new CapitalCallId(new UUID(7, 1));
    private static final PhaseId PHASE = new PhaseId("phase-1");
    private static final MilestoneId MILESTONE = new MilestoneId("first-racks");
    private static final PartnerId NAVER = new PartnerId("naver-cloud");
    private static final Signatory AMINA = new Signatory("sub-amina", "amina");
    private static final Money AMOUNT = Money.of("100.00", "MAD");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");

    private final InvestmentPublication publication = new InvestmentPublication();

    @Test
    void an_issued_call_is_published_with_its_shares_and_without_its_signatories() {
        assertThat(publish(new CapitalCallIssued(
                        CALL,
                        FundId.CAMPUS,
                        PHASE,
                        "Racks",
                        DAY,
                        List.of(new CapitalCallIssued.Share(NAVER, AMOUNT)),
                        AMINA,
                        NOW)))
                .containsExactly(new menara.investment.contract.CapitalCallIssued(
                        CALL,
                        PHASE,
                        "Racks",
                        DAY,
                        List.of(new menara.investment.contract.CapitalCallIssued.Share(NAVER, AMOUNT)),
                        NOW));
    }

    @Test
    void a_contribution_is_published() {
        assertThat(publish(new ContributionReceived(CALL, new ContributionId(new UUID(7, 2)), NAVER, AMOUNT, DAY, NOW)))
                .containsExactly(new menara.investment.contract.ContributionReceived(CALL, NAVER, AMOUNT, DAY, NOW));
    }

    @Test
    void a_milestone_that_is_reached_is_published() {
        assertThat(publish(new MilestoneReached(MILESTONE, PHASE, 144, NOW)))
                .containsExactly(new menara.investment.contract.MilestoneReached("first-racks", PHASE, NOW));
    }

    @Test
    void commitments_drafts_targets_and_counted_racks_stay_private() {
        assertThat(List.of(
                        new CommitmentMade(FundId.CAMPUS, NAVER, new ShareClass("A"), AMOUNT, NOW),
                        new CapitalCallDrafted(CALL, PHASE, MILESTONE, "Racks", AMOUNT, DAY, AMINA, NOW),
                        new MilestoneSet(MILESTONE, PHASE, 144, NOW),
                        new RackCounted(new RackId("r-1"), PHASE, 72, 72, NOW)))
                .allSatisfy(event -> assertThat(publish(event)).isEmpty());
    }

    @Test
    void what_belongs_to_no_family_is_a_mistake() {
        assertThatThrownBy(() -> publish("something")).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Object> publish(Object event) {
        return List.copyOf(publication.publish(event));
    }
}
