package menara.billing;

import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.USAGE_REPORTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import menara.billing.contract.ContractSigned;
import menara.billing.contract.RevenueForecastChanged;
import menara.billing.contract.SlaCreditGranted;
import menara.capacity.contract.ReservationActivated;
import menara.capacity.contract.ReservationEnded;
import menara.operations.contract.AvailabilityMeasured;
import menara.values.ContractId;
import menara.values.IncidentId;
import menara.values.Money;
import menara.values.Period;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From capacity's and operations' published events to rack-hours, credits and the forecast. */
class CreditFlowTest extends BillingOverHttp {

    private static final TenantId TENANT = new TenantId("atlas-ai");
    private static final YearMonth MAY = YearMonth.of(2026, 5);
    private static final Instant MAY_BEGINS = Instant.parse("2026-05-01T00:00:00Z");
    private static final Instant JUNE_BEGINS = Instant.parse("2026-06-01T00:00:00Z");

    /** Two racks for the 31 days of May. */
    private static final long SCHEDULED = 2 * 31 * 24 * 60;

    @Test
    void racks_handed_over_cost_from_then_on_and_telling_it_twice_changes_nothing() {
        var contract = sign(TENANT.value());
        var activated = activated(contract, new ReservationId(UUID.randomUUID()));
        tell(activated);
        tell(activated);

        // 2 racks × 31 days × 24 h = 1,488 rack hours × 4.50 = 6,696.00
        var line = may(contract).get("lines").get(0);
        assertThat(line.get("explanation").asString()).isEqualTo("1488.000 rack h × 4.50 USD (plan v1)");
        assertThat(line.get("rackMilliseconds").asString()).isEqualTo("5356800000");
        assertThat(amount(line.get("amount"))).isEqualTo("6696.00 USD");
    }

    @Test
    void racks_given_back_early_cost_until_then() {
        var contract = sign(TENANT.value());
        var reservation = new ReservationId(UUID.randomUUID());
        tell(activated(contract, reservation));
        var ended = Instant.parse("2026-05-11T00:00:00Z");
        tell(new ReservationEnded(reservation, id(contract), TENANT, ended, ended));
        // 2 racks × 10 days × 24 h × 4.50
        assertThat(amount(may(contract).get("accrued"))).isEqualTo("2160.00 USD");
    }

    @Test
    void a_missed_target_grants_a_credit_which_newer_measurements_revise_and_take_back() {
        var contract = sign(TENANT.value());
        tell(activated(contract, new ReservationId(UUID.randomUUID())));

        tell(measured(contract, 1, 100)); // 99.888 %, a tenth
        assertThat(amount(may(contract).get("credits"))).isEqualTo("669.60 USD");
        tell(measured(contract, 1, 100)); // delivered again
        tell(measured(contract, 2, 900)); // 98.99 %, a quarter
        assertThat(amount(may(contract).get("credits"))).isEqualTo("1674.00 USD");
        assertThat(amount(may(contract).get("accrued"))).isEqualTo("5022.00 USD");
        tell(measured(contract, 1, 100)); // an old one, late
        assertThat(amount(may(contract).get("credits"))).isEqualTo("1674.00 USD");
        tell(measured(contract, 3, 89)); // 99.9003 %, the promise was kept
        assertThat(amount(may(contract).get("accrued"))).isEqualTo("6696.00 USD");

        assertThat(published(SlaCreditGranted.class, contract, 3))
                .extracting(SlaCreditGranted::credit)
                .containsExactly(Money.of("669.60", "USD"), Money.of("1674.00", "USD"), Money.of("0", "USD"));
        assertThat(published(SlaCreditGranted.class, contract, 3))
                .extracting(SlaCreditGranted::revision)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void usage_that_arrives_after_the_credit_makes_it_larger() {
        var contract = sign(TENANT.value());
        tell(activated(contract, new ReservationId(UUID.randomUUID())));
        tell(measured(contract, 1, 100));
        as(USAGE_REPORTER)
                .post(
                        "/api/billing/usage",
                        "application/cloudevents+json",
                        event(contract, "job-1", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z", 1_000))
                .expect(200);
        passMinutes(1);
        // A tenth of 6,696.00 + 10 × 2.10
        assertThat(amount(may(contract).get("credits"))).isEqualTo("671.70 USD");
    }

    @Test
    void the_forecast_is_published_once_for_many_changes_and_follows_credits() {
        var contract = sign(TENANT.value());
        tell(activated(contract, new ReservationId(UUID.randomUUID())));
        for (int i = 0; i < 10; i++) {
            as(USAGE_REPORTER)
                    .post(
                            "/api/billing/usage",
                            "application/cloudevents+json",
                            event(contract, "job-" + i, "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z", 1_000))
                    .expect(200);
        }
        passMinutes(1);
        assertThat(published(RevenueForecastChanged.class, contract, 1)).hasSize(1);
        tell(measured(contract, 1, 100));
        passMinutes(1);

        var forecasts = published(RevenueForecastChanged.class, contract, 2);
        assertThat(forecasts).hasSize(2);
        assertThat(forecasts.getLast().months()).hasSize(12);
        assertThat(forecasts.getLast().months().get(4))
                .isEqualTo(
                        new RevenueForecastChanged.Month(MAY, Money.of("6906.00", "USD"), Money.of("690.60", "USD")));
        assertThat(published(ContractSigned.class, contract, 1)).hasSize(1);
        assertThat(amount(as(FINANCE)
                        .get("/api/billing/projections/forecast?contract=" + contract)
                        .expect(200)
                        .get("total")))
                .isEqualTo("7563.47 USD");
    }

    @Test
    void credits_can_be_listed_and_read_as_they_were_known() {
        var contract = sign(TENANT.value());
        tell(activated(contract, new ReservationId(UUID.randomUUID())));
        tell(measured(contract, 1, 100));
        var then = now();
        passMinutes(1);
        tell(measured(contract, 2, 900));

        var credit = as(FINANCE)
                .get("/api/billing/credits?contract=" + contract)
                .expect(200)
                .get("items")
                .get(0);
        assertThat(credit.get("month").asString()).isEqualTo("2026-05");
        assertThat(credit.get("availabilityPercent").asString()).isEqualTo("98.9919");
        assertThat(amount(credit.get("amount"))).isEqualTo("1674.00 USD");
        assertThat(total(as(FINANCE).get(accruedPath(contract, MAY.toString()) + "&asOf=" + then)))
                .isEqualTo("6026.40 USD");
    }

    private JsonNode may(String contract) {
        return accrued(contract, MAY.toString()).get("contracts").get(0);
    }

    private static ContractId id(String contract) {
        return new ContractId(UUID.fromString(contract));
    }

    private static ReservationActivated activated(String contract, ReservationId reservation) {
        return new ReservationActivated(
                reservation,
                id(contract),
                TENANT,
                List.of(new RackId("a-01"), new RackId("a-02")),
                144,
                new Period(MAY_BEGINS, JUNE_BEGINS),
                MAY_BEGINS,
                MAY_BEGINS);
    }

    private static AvailabilityMeasured measured(String contract, long revision, long unavailable) {
        return new AvailabilityMeasured(
                id(contract),
                TENANT,
                MAY,
                SCHEDULED,
                unavailable,
                List.of(new IncidentId(new UUID(1, 1))),
                revision,
                JUNE_BEGINS);
    }
}
