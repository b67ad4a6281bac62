package menara.investment.commitments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import menara.investment.commitments.CommitmentCommands.MakeCommitment;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.RuleViolated;
import org.junit.jupiter.api.Test;

class CommitmentDecisionsTest {

    private static final PartnerId NAVER = new PartnerId("naver-cloud");
    private static final ShareClass A = new ShareClass("A");
    private static final ShareClass B = new ShareClass("B");
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");

    @Test
    void making_a_commitment_appends_commitment_made() {
        assertThat(CommitmentDecisions.decide(commit(A, "1000.00", "MAD"), Commitments.NONE))
                .containsExactly(new CommitmentMade(FundId.CAMPUS, NAVER, A, Money.of("1000.00", "MAD"), NOW));
    }

    @Test
    void the_same_commitment_twice_is_made_once() {
        assertThat(CommitmentDecisions.decide(commit(A, "1000", "MAD"), after(commit(A, "1000.00", "MAD"))))
                .isEmpty();
    }

    @Test
    void another_amount_for_the_same_class_is_refused() {
        refused(commit(A, "1001", "MAD"), after(commit(A, "1000", "MAD")), "commitment-differs");
    }

    @Test
    void a_partner_may_commit_in_several_classes_and_they_add_up() {
        var first = after(commit(A, "1000", "MAD"));
        var both = Commitments.evolve(
                first,
                CommitmentDecisions.decide(commit(B, "500", "MAD"), first).getFirst());

        assertThat(both.byPartner()).containsEntry(NAVER, Money.of("1500", "MAD"));
    }

    @Test
    void a_second_currency_is_refused() {
        refused(commit(B, "10", "EUR"), after(commit(A, "1000", "MAD")), "one-currency-per-fund");
    }

    @Test
    void nothing_and_less_are_no_commitment() {
        for (var amount : List.of("0", "-1")) {
            assertThatThrownBy(() -> CommitmentDecisions.decide(commit(A, amount, "MAD"), Commitments.NONE))
                    .isInstanceOfSatisfying(
                            InvalidField.class,
                            refusal -> assertThat(refusal.field()).isEqualTo("amount"));
        }
    }

    @Test
    void an_amount_that_cannot_be_paid_is_refused() {
        assertThatThrownBy(() -> CommitmentDecisions.decide(commit(A, "0.5", "KRW"), Commitments.NONE))
                .isInstanceOf(InvalidField.class)
                .hasMessageContaining("0 decimals");
    }

    @Test
    void gold_is_no_currency_of_a_commitment() {
        assertThatThrownBy(() -> CommitmentDecisions.decide(commit(A, "10", "XAU"), Commitments.NONE))
                .isInstanceOf(InvalidField.class)
                .hasMessageContaining("XAU");
    }

    private static void refused(MakeCommitment command, Commitments state, String rule) {
        assertThatThrownBy(() -> CommitmentDecisions.decide(command, state))
                .isInstanceOfSatisfying(
                        RuleViolated.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo(rule));
    }

    private static Commitments after(MakeCommitment command) {
        return CommitmentDecisions.decide(command, Commitments.NONE).stream()
                .reduce(Commitments.NONE, Commitments::evolve, (a, _) -> a);
    }

    private static MakeCommitment commit(ShareClass shareClass, String amount, String currency) {
        return new MakeCommitment(FundId.CAMPUS, NAVER, shareClass, Money.of(amount, currency), NOW);
    }
}
