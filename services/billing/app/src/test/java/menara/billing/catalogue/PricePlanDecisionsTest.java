package menara.billing.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import menara.billing.catalogue.PricePlanCommands.PublishPricePlanVersion;
import menara.billing.meters.Meter;
import menara.values.refusals.RuleViolated;
import org.junit.jupiter.api.Test;

class PricePlanDecisionsTest {

    private static final PricePlanId PLAN = new PricePlanId("gpu-standard");
    private static final Currency USD = Currency.getInstance("USD");
    private static final PublicationId REQUEST = new PublicationId(new UUID(9, 9));
    private static final Instant NOW = Instant.parse("2026-02-10T12:00:00Z");

    @Test
    void the_first_version_may_take_effect_in_the_past() {
        assertThat(PricePlanDecisions.decide(publish("2025-01-01T00:00:00Z", "2.10"), new PricePlan.Unpublished()))
                .containsExactly(new PricePlanVersionPublished(
                        PLAN, 1, REQUEST, USD, Instant.parse("2025-01-01T00:00:00Z"), prices("2.10"), NOW));
    }

    @Test
    void a_later_version_gets_the_next_number() {
        assertThat(PricePlanDecisions.decide(publish("2026-03-01T00:00:00Z", "2.50"), planOf("2026-01-01T00:00:00Z")))
                .singleElement()
                .extracting(event -> ((PricePlanVersionPublished) event).version())
                .isEqualTo(2);
    }

    @Test
    void a_request_that_is_repeated_publishes_nothing_more() {
        var request = publish("2026-03-01T00:00:00Z", "2.50");
        var before = planOf("2026-01-01T00:00:00Z");
        var published = PricePlanDecisions.evolve(
                before, PricePlanDecisions.decide(request, before).getFirst());
        assertThat(PricePlanDecisions.decide(request, published)).isEmpty();
    }

    @Test
    void a_version_that_takes_effect_with_or_before_the_latest_is_refused_and_says_where() {
        for (var from : List.of("2026-05-01T00:00:00Z", "2026-04-30T23:59:00Z")) {
            assertThatThrownBy(() -> PricePlanDecisions.decide(
                            publish(from, "2.50"), planOf("2026-01-01T00:00:00Z", "2026-05-01T00:00:00Z")))
                    .isInstanceOfSatisfying(
                            RuleViolated.class,
                            refusal -> assertThat(refusal.rule()).isEqualTo("price-plan-versions-overlap"))
                    .hasMessageContaining("version 2 of plan gpu-standard already takes effect at 2026-05-01T00:00:00Z")
                    .hasMessageContaining(from);
        }
    }

    @Test
    void a_later_version_cannot_change_the_past() {
        assertThatThrownBy(() -> PricePlanDecisions.decide(
                        publish("2026-02-10T11:59:00Z", "2.50"), planOf("2026-01-01T00:00:00Z")))
                .isInstanceOfSatisfying(
                        RuleViolated.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo("price-plan-version-in-the-past"));
    }

    @Test
    void a_plan_keeps_its_currency() {
        var inDirham = new PublishPricePlanVersion(
                PLAN, REQUEST, Currency.getInstance("MAD"), Instant.parse("2026-03-01T00:00:00Z"), prices("20"), NOW);
        assertThatThrownBy(() -> PricePlanDecisions.decide(inDirham, planOf("2026-01-01T00:00:00Z")))
                .isInstanceOfSatisfying(
                        RuleViolated.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo("price-plan-currency-fixed"));
    }

    @Test
    void a_new_version_leaves_every_price_before_it_as_it_was() {
        var before = planOf("2026-01-01T00:00:00Z");
        var event = PricePlanDecisions.decide(publish("2026-03-01T00:00:00Z", "2.50"), before)
                .getFirst();
        var after = (PricePlan.Published) PricePlanDecisions.evolve(before, event);

        assertThat(after.inForceAt(Instant.parse("2025-12-31T23:59:59Z"))).isEmpty();
        assertThat(priceAt(after, "2026-01-01T00:00:00Z")).isEqualByComparingTo("2.10");
        assertThat(priceAt(after, "2026-02-28T23:59:59.999Z")).isEqualByComparingTo("2.10");
        assertThat(priceAt(after, "2026-03-01T00:00:00Z")).isEqualByComparingTo("2.50");
        assertThat(after.asOf(NOW.minusMillis(1)).versions()).hasSize(1);
    }

    @Test
    void a_negative_price_is_no_price() {
        assertThatThrownBy(() -> new Price(Meter.GPU_HOUR, new BigDecimal("-0.01")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("negative");
        assertThatThrownBy(() -> new Price(Meter.GPU_HOUR, new BigDecimal("1E+40")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Price(Meter.GPU_HOUR, new BigDecimal("0.0000000001")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BigDecimal priceAt(PricePlan.Published plan, String instant) {
        return plan.inForceAt(Instant.parse(instant))
                .flatMap(version -> version.unitPrice(Meter.GPU_HOUR))
                .orElseThrow();
    }

    private static PricePlan.Published planOf(String... effectiveFrom) {
        PricePlan plan = new PricePlan.Unpublished();
        for (int i = 0; i < effectiveFrom.length; i++) {
            plan = PricePlanDecisions.evolve(
                    plan,
                    new PricePlanVersionPublished(
                            PLAN,
                            i + 1,
                            new PublicationId(new UUID(1, i)),
                            USD,
                            Instant.parse(effectiveFrom[i]),
                            prices("2.10"),
                            Instant.parse("2026-01-01T00:00:00Z")));
        }
        return (PricePlan.Published) plan;
    }

    private static PublishPricePlanVersion publish(String effectiveFrom, String unitPrice) {
        return new PublishPricePlanVersion(PLAN, REQUEST, USD, Instant.parse(effectiveFrom), prices(unitPrice), NOW);
    }

    private static List<Price> prices(String unitPrice) {
        return List.of(new Price(Meter.GPU_HOUR, new BigDecimal(unitPrice)));
    }
}
