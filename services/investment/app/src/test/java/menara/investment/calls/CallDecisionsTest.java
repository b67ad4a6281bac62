package menara.investment.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import menara.investment.calendar.BusinessCalendar;
import menara.investment.calls.CallCommands.DraftCapitalCall;
import menara.investment.calls.CallCommands.IssueCapitalCall;
import menara.investment.calls.CapitalCallIssued.Share;
import menara.investment.commitments.CommitmentMade;
import menara.investment.commitments.Commitments;
import menara.investment.commitments.FundId;
import menara.investment.commitments.ShareClass;
import menara.investment.milestones.Milestone;
import menara.investment.milestones.MilestoneId;
import menara.testkit.Seeds;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CallDecisionsTest {

    private static final CapitalCallId CALL = new CapitalCallId(new UUID(7, 1));
    private static final PhaseId PHASE = new PhaseId("phase-1");
    private static final MilestoneId MILESTONE = new MilestoneId("first-racks");
    private static final PartnerId LLOYDS = new PartnerId("lloyds-capital");
    private static final PartnerId NAVER = new PartnerId("naver-cloud");
    private static final PartnerId NEXUS = new PartnerId("nexus-core-systems");
    private static final Signatory AMINA = new Signatory("sub-amina", "amina");
    private static final Signatory KARIM = new Signatory("sub-karim", "karim");

    /** A Monday. */
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");

    private static final LocalDate DUE = LocalDate.of(2026, 11, 16);
    private static final BusinessCalendar CALENDAR =
            new BusinessCalendar(ZoneId.of("Africa/Casablanca"), Set.of(), Set.of());
    private static final Milestone REACHED = new Milestone.Reached(PHASE, 144, NOW);
    private static final Milestone PENDING = new Milestone.Pending(PHASE, 144);
    private static final Commitments COMMITMENTS =
            commitments(Map.of(LLOYDS, mad("500"), NAVER, mad("300"), NEXUS, mad("200")));
    private static final int ROUNDS = 2_000;

    @Test
    void drafting_a_call_appends_capital_call_drafted() {
        assertThat(decide(draft(mad("100"), DUE))).containsExactly(drafted(mad("100")));
    }

    @Test
    void a_call_may_be_drafted_before_its_milestone_is_reached() {
        assertThat(CallDecisions.decide(draft(mad("100"), DUE), new CapitalCall.None(), PENDING, COMMITMENTS, CALENDAR))
                .hasSize(1);
    }

    @Test
    void a_draft_repeated_under_the_same_id_is_drafted_once() {
        assertThat(CallDecisions.decide(draft(mad("100"), DUE), drafted(), REACHED, COMMITMENTS, CALENDAR))
                .isEmpty();
    }

    @Test
    void a_call_for_nothing_or_for_half_a_centime_is_refused() {
        invalid("amount", () -> decide(draft(mad("0"), DUE)));
        invalid("amount", () -> decide(draft(mad("-5"), DUE)));
        invalid("amount", () -> decide(draft(mad("0.005"), DUE)));
    }

    @Test
    void a_call_in_another_currency_than_the_commitments_is_refused() {
        violated("one-currency-per-fund", () -> decide(draft(Money.of("100", "EUR"), DUE)));
    }

    @Test
    void a_call_without_commitments_is_refused() {
        violated(
                "no-commitments",
                () -> CallDecisions.decide(
                        draft(mad("100"), DUE), new CapitalCall.None(), REACHED, Commitments.NONE, CALENDAR));
    }

    @Test
    void a_call_on_an_unknown_milestone_or_one_of_another_phase_is_refused() {
        for (var milestone : List.of(new Milestone.Unknown(), new Milestone.Reached(new PhaseId("phase-2"), 72, NOW))) {
            invalid(
                    "milestone",
                    () -> CallDecisions.decide(
                            draft(mad("100"), DUE), new CapitalCall.None(), milestone, COMMITMENTS, CALENDAR));
        }
    }

    @Test
    void partners_get_ten_business_days_and_not_one_less() {
        assertThat(decide(draft(mad("100"), DUE))).hasSize(1);
        violated("due-date-too-early", () -> decide(draft(mad("100"), DUE.minusDays(1))));
    }

    @Test
    void a_due_date_in_another_decade_is_a_typing_error() {
        invalid("dueDate", () -> decide(draft(mad("100"), LocalDate.of(2126, 11, 16))));
    }

    @Test
    void issuing_a_draft_appends_capital_call_issued_with_pro_rata_shares() {
        assertThat(issue(drafted(), KARIM, REACHED, CalledCapital.NONE))
                .containsExactly(new CapitalCallIssued(
                        CALL,
                        FundId.CAMPUS,
                        PHASE,
                        "Racks of hall A",
                        DUE,
                        List.of(new Share(LLOYDS, mad("50")), new Share(NAVER, mad("30")), new Share(NEXUS, mad("20"))),
                        KARIM,
                        NOW));
    }

    @Test
    void whoever_drafted_a_call_cannot_issue_it_under_any_name() {
        var sameSubject = new Signatory(AMINA.subject(), "amina-as-approver");

        violated("two-people-needed", () -> issue(drafted(), sameSubject, REACHED, CalledCapital.NONE));
    }

    @Test
    void a_call_is_not_issued_before_its_milestone_is_reached() {
        violated("milestone-not-reached", () -> issue(drafted(), KARIM, PENDING, CalledCapital.NONE));
    }

    @Test
    void a_draft_that_waited_too_long_no_longer_gives_ten_business_days() {
        var late = new IssueCapitalCall(CALL, FundId.CAMPUS, KARIM, NOW.plusSeconds(86_400));

        violated(
                "due-date-too-early",
                () -> CallDecisions.decide(late, drafted(), REACHED, COMMITMENTS, CalledCapital.NONE, CALENDAR));
    }

    @Test
    void a_call_above_what_is_unfunded_is_refused() {
        var called = new CalledCapital(Map.of(LLOYDS, mad("500"), NAVER, mad("300"), NEXUS, mad("100.01")));

        violated("above-unfunded", () -> issue(drafted(), KARIM, REACHED, called));
    }

    @Test
    void a_partner_whose_commitment_is_used_up_owes_nothing_more() {
        var called = new CalledCapital(Map.of(LLOYDS, mad("500")));

        assertThat(issue(drafted(), KARIM, REACHED, called))
                .singleElement()
                .isInstanceOfSatisfying(
                        CapitalCallIssued.class,
                        issued -> assertThat(issued.shares())
                                .containsExactly(new Share(NAVER, mad("60")), new Share(NEXUS, mad("40"))));
    }

    @Test
    void issuing_again_changes_nothing_for_the_issuer_and_is_refused_to_others() {
        assertThat(issue(issued(), KARIM, REACHED, CalledCapital.NONE)).isEmpty();
        violated("already-issued", () -> issue(issued(), AMINA, REACHED, CalledCapital.NONE));
    }

    @Test
    void issuing_what_was_never_drafted_is_not_found() {
        assertThatThrownBy(() -> issue(new CapitalCall.None(), KARIM, REACHED, CalledCapital.NONE))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void random_calls_until_the_fund_is_empty_use_every_commitment_up_exactly() {
        long seed = Seeds.of(CallDecisionsTest.class);
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var which = "seed %d round %d".formatted(seed, round);
            var commitments = commitments(Map.of(LLOYDS, random(random), NAVER, random(random), NEXUS, random(random)));
            var called = CalledCapital.NONE;
            var left = Money.sum(called.unfunded(commitments).values(), mad("0").currency());
            while (left.isPositive()) {
                var amount = random.nextInt(4) == 0 ? left : random(random).min(left);
                var issued = CallDecisions.decide(
                        new IssueCapitalCall(CALL, FundId.CAMPUS, KARIM, NOW),
                        drafted(amount, commitments),
                        REACHED,
                        commitments,
                        called,
                        CALENDAR);
                called = CalledCapital.evolve(called, issued.getFirst());
                var unfunded = called.unfunded(commitments);
                assertThat(unfunded.values()).as(which).noneMatch(Money::isNegative);
                assertThat(Money.sum(unfunded.values(), amount.currency()))
                        .as(which)
                        .isEqualTo(left.minus(amount));
                left = left.minus(amount);
            }
            assertThat(called.byPartner()).as(which).isEqualTo(commitments.byPartner());
        }
    }

    private static List<CallEvent> decide(DraftCapitalCall command) {
        return CallDecisions.decide(command, new CapitalCall.None(), REACHED, COMMITMENTS, CALENDAR);
    }

    private static List<CallEvent> issue(CapitalCall call, Signatory by, Milestone milestone, CalledCapital called) {
        return CallDecisions.decide(
                new IssueCapitalCall(CALL, FundId.CAMPUS, by, NOW), call, milestone, COMMITMENTS, called, CALENDAR);
    }

    private static DraftCapitalCall draft(Money amount, LocalDate due) {
        return new DraftCapitalCall(CALL, FundId.CAMPUS, PHASE, MILESTONE, "Racks of hall A", amount, due, AMINA, NOW);
    }

    private static CapitalCallDrafted drafted(Money amount) {
        return new CapitalCallDrafted(CALL, PHASE, MILESTONE, "Racks of hall A", amount, DUE, AMINA, NOW);
    }

    private static CapitalCall drafted() {
        return drafted(mad("100"), COMMITMENTS);
    }

    private static CapitalCall drafted(Money amount, Commitments commitments) {
        return fold(CallDecisions.decide(draft(amount, DUE), new CapitalCall.None(), REACHED, commitments, CALENDAR));
    }

    private static CapitalCall issued() {
        var events = new ArrayList<CallEvent>(decide(draft(mad("100"), DUE)));
        events.addAll(issue(drafted(), KARIM, REACHED, CalledCapital.NONE));
        return fold(events);
    }

    private static CapitalCall fold(List<CallEvent> events) {
        CapitalCall call = new CapitalCall.None();
        for (var event : events) {
            call = CapitalCall.evolve(call, event);
        }
        return call;
    }

    private static Commitments commitments(Map<PartnerId, Money> amounts) {
        var shareClass = new ShareClass("A");
        var commitments = Commitments.NONE;
        for (var each : amounts.entrySet()) {
            commitments = Commitments.evolve(
                    commitments, new CommitmentMade(FundId.CAMPUS, each.getKey(), shareClass, each.getValue(), NOW));
        }
        return commitments;
    }

    private static Money random(Random random) {
        return Money.of(java.math.BigDecimal.valueOf(1 + random.nextInt(100_000), 2), mad("0").currency());
    }

    private static void violated(String rule, ThrowingCallable decision) {
        assertThatThrownBy(decision)
                .isInstanceOfSatisfying(
                        RuleViolated.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo(rule));
    }

    private static void invalid(String field, ThrowingCallable decision) {
        assertThatThrownBy(decision)
                .isInstanceOfSatisfying(
                        InvalidField.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    private static Money mad(String amount) {
        return Money.of(amount, "MAD");
    }
}
