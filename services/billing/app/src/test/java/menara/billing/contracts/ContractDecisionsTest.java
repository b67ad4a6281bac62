package menara.billing.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import menara.billing.catalogue.PricePlan;
import menara.billing.catalogue.PricePlanId;
import menara.billing.contracts.ContractCommands.AmendContract;
import menara.billing.contracts.ContractCommands.NewTerms;
import menara.billing.contracts.ContractCommands.RenewContract;
import menara.billing.contracts.ContractCommands.SignContract;
import menara.billing.contracts.ContractCommands.TerminateContract;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import menara.values.refusals.RuleViolated;
import org.junit.jupiter.api.Test;

class ContractDecisionsTest {

    private static final Instant AT = Instant.parse("2026-01-02T08:00:00Z");
    private static final Currency USD = Currency.getInstance("USD");
    private static final ServiceLevel LEVEL = level("99.9", "99.9:10", "99:25", "95:100");

    @Test
    void signing_concludes_the_contract() {
        var command = sign(USD, "2026-01-31T23:00:00Z");
        assertThat(ContractDecisions.decide(command, new Contract.None()))
                .containsExactly(new ContractSigned(
                        command.contract(),
                        command.tenant(),
                        command.plan().plan(),
                        command.term(),
                        USD,
                        command.timeZone(),
                        LEVEL,
                        AT,
                        null));
    }

    @Test
    void signing_again_concludes_nothing_new() {
        var command = sign(USD, "2026-01-31T23:00:00Z");
        var signed = ContractDecisions.evolve(
                new Contract.None(),
                ContractDecisions.decide(command, new Contract.None()).getFirst());
        assertThat(ContractDecisions.decide(command, signed)).isEmpty();
    }

    @Test
    void another_currency_than_the_plans_is_refused() {
        assertThatThrownBy(() -> ContractDecisions.decide(
                        sign(Currency.getInstance("MAD"), "2026-01-31T23:00:00Z"), new Contract.None()))
                .isInstanceOfSatisfying(
                        RuleViolated.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo("contract-currency-differs-from-plan"));
    }

    @Test
    void a_term_that_begins_before_the_plan_is_refused() {
        assertThatThrownBy(() -> ContractDecisions.decide(sign(USD, "2025-12-31T23:00:00Z"), new Contract.None()))
                .isInstanceOfSatisfying(
                        RuleViolated.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo("price-plan-not-in-force"))
                .hasMessageContaining("2026-01-01T00:00:00Z");
    }

    @Test
    void the_months_of_a_term_are_those_of_the_contracts_zone() {
        var contract = (Contract.Signed) ContractDecisions.evolve(
                new Contract.None(),
                ContractDecisions.decide(sign(USD, "2026-01-31T23:00:00Z"), new Contract.None())
                        .getFirst());
        // 31 January 23:00 UTC is 1 February in Casablanca, and 31 March 23:00 UTC ends March there.
        assertThat(contract.months()).containsExactly(YearMonth.of(2026, 2), YearMonth.of(2026, 3));
    }

    @Test
    void tiers_must_lie_under_the_target_apart_from_each_other_and_credit_more_the_lower_they_are() {
        assertThat(LEVEL.tiers())
                .extracting(ServiceLevel.Tier::creditPercent)
                .map(BigDecimal::intValue)
                .containsExactly(10, 25, 100);
        assertThatThrownBy(() -> level("99.9", "99.95:10")).hasMessageContaining("above the target");
        assertThatThrownBy(() -> level("99.9", "99:10", "99.0:25")).hasMessageContaining("overlap at belowPercent");
        assertThatThrownBy(() -> level("99.9", "99.9:25", "99:25")).hasMessageContaining("must credit more");
        assertThatThrownBy(() -> level("99.9", "99.9:101")).hasMessageContaining("creditPercent");
        assertThatThrownBy(() -> level("0")).hasMessageContaining("targetPercent");
    }

    @Test
    void an_amendment_charges_by_another_plan_from_its_hour_on_and_changes_nothing_before() {
        var signed = signed();
        var amended = apply(signed, amend("2026-02-15T10:00:00Z", "gpu-plus"));
        assertThat(amended.agreements())
                .extracting(agreement -> agreement.period().from() + " " + agreement.plan())
                .containsExactly("2026-01-31T23:00:00Z gpu-standard", "2026-02-15T10:00:00Z gpu-plus");
        assertThat(amended.asOf(AT).agreements()).isEqualTo(signed.agreements());
        refused("amendments-overlap", amended, amend("2026-02-15T10:00:00Z", "gpu-plus"));
        refused("change-in-the-past", signed, amend("2026-02-01T09:00:00Z", "gpu-plus"));
        refused("outside-the-term", signed, amend("2026-03-31T23:00:00Z", "gpu-plus"));
    }

    @Test
    void a_renewal_and_a_termination_move_the_end_and_the_past_remembers_the_old_one() {
        var renewed = apply(signed(), new RenewContract(ID, change(), Instant.parse("2026-06-30T23:00:00Z"), LATER));
        assertThat(renewed.term().until()).isEqualTo(Instant.parse("2026-06-30T23:00:00Z"));
        var ended = apply(
                renewed,
                new TerminateContract(
                        ID, change(), Instant.parse("2026-04-15T12:00:00Z"), "moved away", LATER.plusSeconds(60)));
        assertThat(ended.term().until()).isEqualTo(Instant.parse("2026-04-15T12:00:00Z"));
        assertThat(ended.asOf(LATER).term().until()).isEqualTo(Instant.parse("2026-06-30T23:00:00Z"));
        assertThat(ended.asOf(AT).term().until()).isEqualTo(Instant.parse("2026-03-31T23:00:00Z"));
        refused(
                "renewal-shortens",
                ended,
                new RenewContract(ID, change(), Instant.parse("2026-04-15T12:00:00Z"), LATER));
        refused(
                "contract-ended",
                ended,
                new RenewContract(
                        ID, change(), Instant.parse("2026-06-30T23:00:00Z"), Instant.parse("2026-05-01T00:00:00Z")));
    }

    @Test
    void a_promise_made_within_a_month_counts_from_the_next_month_on() {
        var amended = apply(
                signed(),
                new AmendContract(
                        ID,
                        change(),
                        new NewTerms(Instant.parse("2026-02-15T10:00:00Z"), plan("gpu-plus"), level("99.5")),
                        null,
                        LATER));
        assertThat(amended.serviceLevelIn(YearMonth.of(2026, 2))).isEqualTo(LEVEL);
        assertThat(amended.serviceLevelIn(YearMonth.of(2026, 3))).isEqualTo(level("99.5"));
    }

    private static final ContractId ID = new ContractId(new UUID(1, 2));
    private static final Instant LATER = Instant.parse("2026-02-10T08:00:00Z");

    private static ChangeId change() {
        return new ChangeId(UUID.randomUUID());
    }

    @Test
    void a_change_asked_for_again_after_its_answer_was_lost_is_made_once() {
        var renewal = new RenewContract(ID, change(), Instant.parse("2026-06-30T23:00:00Z"), LATER);
        assertThat(decide(apply(signed(), renewal), renewal)).isEmpty();
        var termination =
                new TerminateContract(ID, change(), Instant.parse("2026-03-15T12:00:00Z"), "moved away", LATER);
        assertThat(decide(apply(signed(), termination), termination)).isEmpty();
        var amendment = amend("2026-02-15T10:00:00Z", "gpu-plus");
        assertThat(decide(apply(signed(), amendment), amendment)).isEmpty();
        assertThat(decide(apply(apply(signed(), renewal), termination), renewal))
                .as("also after another change")
                .isEmpty();
    }

    @Test
    void an_amendment_names_a_buyer_and_the_past_remembers_that_there_was_none() {
        var buyer = new Buyer("Atlas AI SA", "1 rue A", "20000", "Casablanca", "MA", "001234567000089", null);
        var other = new Buyer("Atlas Deux SA", "2 rue B", "20000", "Casablanca", "MA", "001234567000089", null);
        var named = apply(signed(), new AmendContract(ID, change(), null, buyer, LATER));
        assertThat(named.terms().buyer()).isEqualTo(buyer);
        assertThat(named.asOf(AT).terms().buyer()).isNull();
        var again = apply(named, new AmendContract(ID, change(), null, other, LATER.plusSeconds(60)));
        assertThat(again.terms().buyer()).isEqualTo(other);
        assertThat(again.asOf(LATER).terms().buyer()).isEqualTo(buyer);
        assertThat(again.agreements()).isEqualTo(signed().agreements());
    }

    private static Contract.Signed signed() {
        return (Contract.Signed) ContractDecisions.evolve(
                new Contract.None(),
                ContractDecisions.decide(sign(USD, "2026-01-31T23:00:00Z"), new Contract.None())
                        .getFirst());
    }

    private static AmendContract amend(String from, String plan) {
        return new AmendContract(ID, change(), new NewTerms(Instant.parse(from), plan(plan), null), null, LATER);
    }

    private static List<ContractEvent> decide(Contract contract, Object command) {
        return switch (command) {
            case AmendContract amend -> ContractDecisions.decide(amend, contract);
            case RenewContract renew -> ContractDecisions.decide(renew, contract);
            case TerminateContract terminate -> ContractDecisions.decide(terminate, contract);
            default -> throw new IllegalArgumentException(command.toString());
        };
    }

    private static Contract.Signed apply(Contract contract, Object command) {
        return (Contract.Signed)
                ContractDecisions.evolve(contract, decide(contract, command).getFirst());
    }

    private static void refused(String rule, Contract contract, Object command) {
        assertThatThrownBy(() -> decide(contract, command))
                .isInstanceOfSatisfying(
                        RuleViolated.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo(rule));
    }

    private static PricePlan.Published plan(String name) {
        return new PricePlan.Published(
                new PricePlanId(name),
                USD,
                List.of(new PricePlan.Version(1, Instant.parse("2026-01-01T00:00:00Z"), List.of(), AT)));
    }

    private static SignContract sign(Currency currency, String from) {
        var plan = new PricePlan.Published(
                new PricePlanId("gpu-standard"),
                USD,
                List.of(new PricePlan.Version(1, Instant.parse("2026-01-01T00:00:00Z"), List.of(), AT)));
        return new SignContract(
                new ContractId(new UUID(1, 2)),
                new TenantId("atlas-ai"),
                plan,
                new Period(Instant.parse(from), Instant.parse("2026-03-31T23:00:00Z")),
                currency,
                ZoneId.of("Africa/Casablanca"),
                LEVEL,
                ContractTerms.USUAL,
                AT);
    }

    private static ServiceLevel level(String target, String... tiers) {
        return new ServiceLevel(
                new BigDecimal(target),
                List.of(tiers).stream()
                        .map(tier -> tier.split(":"))
                        .map(tier -> new ServiceLevel.Tier(new BigDecimal(tier[0]), new BigDecimal(tier[1])))
                        .toList());
    }
}
