package menara.investment.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import menara.investment.calendar.BusinessCalendar;
import menara.investment.calls.CallCommands.ReceiveContribution;
import menara.investment.calls.CapitalCallIssued.Share;
import menara.investment.milestones.MilestoneId;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ContributionDecisionsTest {

    private static final CapitalCallId CALL = new CapitalCallId(new UUID(7, 1));
    private static final PartnerId LLOYDS = new PartnerId("lloyds-capital");
    private static final Signatory AMINA = new Signatory("sub-amina", "amina");
    private static final Signatory KARIM = new Signatory("sub-karim", "karim");
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 2);
    private static final BusinessCalendar CALENDAR =
            new BusinessCalendar(ZoneId.of("Africa/Casablanca"), Set.of(), Set.of());
    private static final CapitalCall.Terms TERMS = new CapitalCall.Terms(
            new PhaseId("phase-1"), new MilestoneId("first-racks"), "Racks", mad("100"), TODAY.plusDays(14));

    @Test
    void a_share_may_be_paid_in_parts_until_nothing_is_owed() {
        CapitalCall call = issued();
        for (int part = 1; part <= 2; part++) {
            var events = CallDecisions.decide(pay(part, LLOYDS, mad("25")), call, CALENDAR);
            assertThat(events).hasSize(1);
            call = CapitalCall.evolve(call, events.getFirst());
        }
        var settled = call;

        violated("above-share-owed", () -> CallDecisions.decide(pay(3, LLOYDS, mad("0.01")), settled, CALENDAR));
    }

    @Test
    void a_contribution_above_the_share_is_refused() {
        violated("above-share-owed", () -> CallDecisions.decide(pay(1, LLOYDS, mad("50.01")), issued(), CALENDAR));
    }

    @Test
    void the_same_contribution_twice_is_recorded_once() {
        var paid = CapitalCall.evolve(
                issued(),
                CallDecisions.decide(pay(1, LLOYDS, mad("50")), issued(), CALENDAR)
                        .getFirst());

        assertThat(CallDecisions.decide(pay(1, LLOYDS, mad("50")), paid, CALENDAR))
                .isEmpty();
        violated("contribution-differs", () -> CallDecisions.decide(pay(1, LLOYDS, mad("49")), paid, CALENDAR));
    }

    @Test
    void a_contribution_from_somebody_without_a_share_is_refused() {
        violated(
                "no-share",
                () -> CallDecisions.decide(pay(1, new PartnerId("stranger"), mad("1")), issued(), CALENDAR));
    }

    @Test
    void a_contribution_in_another_currency_is_refused() {
        violated(
                "one-currency-per-fund",
                () -> CallDecisions.decide(pay(1, LLOYDS, Money.of("1", "EUR")), issued(), CALENDAR));
    }

    @Test
    void a_contribution_to_a_draft_is_refused() {
        violated("not-issued", () -> CallDecisions.decide(pay(1, LLOYDS, mad("1")), drafted(), CALENDAR));
    }

    @Test
    void money_cannot_have_arrived_more_than_a_year_before_the_call_or_tomorrow() {
        for (var day : List.of(TODAY.minusDays(CallDecisions.MAX_DAYS_PAID_AHEAD + 1), TODAY.plusDays(1))) {
            var command = new ReceiveContribution(new ContributionId(new UUID(7, 9)), CALL, LLOYDS, mad("1"), day, NOW);
            invalid("paidOn", () -> CallDecisions.decide(command, issued(), CALENDAR));
        }
    }

    @Test
    void a_contribution_to_no_call_is_not_found() {
        assertThatThrownBy(() -> CallDecisions.decide(pay(1, LLOYDS, mad("1")), new CapitalCall.None(), CALENDAR))
                .isInstanceOf(NotFound.class);
    }

    private static CapitalCall drafted() {
        return new CapitalCall.Draft(TERMS, AMINA);
    }

    private static CapitalCall.Issued issued() {
        return new CapitalCall.Issued(
                TERMS,
                AMINA,
                KARIM,
                NOW,
                List.of(new Share(LLOYDS, mad("50")), new Share(new PartnerId("naver-cloud"), mad("50"))),
                Map.of());
    }

    private static ReceiveContribution pay(long id, PartnerId partner, Money amount) {
        return new ReceiveContribution(new ContributionId(new UUID(7, id)), CALL, partner, amount, TODAY, NOW);
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
