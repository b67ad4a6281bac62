package menara.billing.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import menara.billing.catalogue.PricePlanId;
import menara.billing.contracts.Contract;
import menara.billing.contracts.ServiceLevel;
import menara.billing.meters.Meter;
import menara.billing.usage.events.UsageEvent;
import menara.billing.usage.events.UsageKey;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import menara.values.refusals.InvalidField;
import org.junit.jupiter.api.Test;

class UsageRulesTest {

    private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");
    private static final ContractId CONTRACT = new ContractId(new UUID(1, 1));
    private static final Contract.Signed SIGNED = new Contract.Signed(
            CONTRACT,
            new TenantId("atlas-ai"),
            new PricePlanId("gpu-standard"),
            new Period(Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z")),
            Currency.getInstance("USD"),
            ZoneOffset.UTC,
            new ServiceLevel(new BigDecimal("99.9"), List.of()),
            NOW);

    @Test
    void usage_may_reach_back_35_days_and_not_a_millisecond_more() {
        accepted("2026-05-26T12:00:00Z", "2026-05-26T13:00:00Z", false);
        refused("2026-05-26T11:59:59.999Z", "2026-05-26T13:00:00Z", false, SIGNED, "data.period.from");
    }

    @Test
    void backfill_may_reach_back_to_the_beginning_of_the_contract() {
        accepted("2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z", true);
        refused("2024-12-31T23:00:00Z", "2025-01-02T00:00:00Z", true, SIGNED, "data.period");
    }

    @Test
    void usage_lies_in_the_past_but_for_the_producers_clock() {
        accepted("2026-06-30T11:00:00Z", "2026-06-30T12:05:00Z", false);
        refused("2026-06-30T11:00:00Z", "2026-06-30T12:05:00.001Z", false, SIGNED, "data.period.until");
    }

    @Test
    void an_event_said_to_happen_in_the_future_is_refused() {
        assertThatThrownBy(() -> UsageRules.check(
                        event("2026-06-30T11:00:00Z", "2026-06-30T12:00:00Z"),
                        Optional.of(NOW.plusSeconds(301)),
                        SIGNED,
                        NOW,
                        false))
                .isInstanceOfSatisfying(
                        InvalidField.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("time"));
    }

    @Test
    void one_event_covers_a_year_at_most() {
        refused("2025-01-01T00:00:00Z", "2026-01-02T00:00:00.001Z", true, SIGNED, "data.period");
    }

    private static void accepted(String from, String until, boolean backfill) {
        assertThatCode(() -> UsageRules.check(event(from, until), Optional.empty(), SIGNED, NOW, backfill))
                .doesNotThrowAnyException();
    }

    private static void refused(String from, String until, boolean backfill, Contract.Signed contract, String field) {
        assertThatThrownBy(() -> UsageRules.check(event(from, until), Optional.empty(), contract, NOW, backfill))
                .isInstanceOfSatisfying(
                        InvalidField.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    private static UsageEvent event(String from, String until) {
        return new UsageEvent.Occupation(
                new UsageKey("/cluster/a", "job-1"),
                CONTRACT,
                Meter.GPU_HOUR,
                new Period(Instant.parse(from), Instant.parse(until)),
                1_000);
    }
}
