package menara.billing;

import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.USAGE_BACKFILL;
import static menara.platform.security.Role.USAGE_REPORTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.capacity.contract.ReservationActivated;
import menara.capacity.contract.ReservationConfirmed;
import menara.capacity.contract.ReservationEnded;
import menara.capacity.contract.ReservationReplaced;
import menara.capacity.contract.ReservationWithdrawn;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every gap between what capacity keeps, what is used and what is asked for is a leak. It is the middle of June. */
class RevenueLeakageFlowTest extends BillingOverHttp {

    private static final TenantId TENANT = new TenantId("atlas-ai");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
    private static final Instant APRIL_21 = Instant.parse("2026-04-21T00:00:00Z");
    private static final List<RackId> RACKS = List.of(new RackId("a-01"), new RackId("a-02"));

    private final ReservationId reservation = new ReservationId(UUID.randomUUID());

    @Test
    void racks_cost_from_the_hand_over_on_and_the_time_before_it_is_a_leak() {
        var contract = sign(TENANT.value());
        tell(confirmed(contract, new Period(APRIL, MAY)));
        tell(activated(contract, new Period(APRIL, MAY), APRIL_21));
        tell(new ReservationEnded(reservation, id(contract), TENANT, MAY, MAY));

        assertThat(accrued(contract, "2026-04")
                        .get("contracts")
                        .get(0)
                        .get("lines")
                        .get(0)
                        .get("explanation")
                        .asString())
                .as("2 racks × 240 h, not 720")
                .isEqualTo("480.000 rack h × 4.50 USD (plan v1)");
        assertThat(accrued(contract, "2026-05").get("contracts").get(0).get("lines"))
                .as("nothing beyond the period")
                .isEmpty();
        assertThat(details(contract, "2026-04", "CONFIRMED_NOT_HANDED_OVER"))
                .containsExactly("2 racks of reservation %s held and not handed over from %s until %s"
                        .formatted(reservation, APRIL, APRIL_21));
        assertThat(details(contract, "2026-05", "CONFIRMED_NOT_HANDED_OVER")).isEmpty();
    }

    @Test
    void racks_kept_for_somebody_who_does_not_take_them_over_are_a_leak_until_they_are_given_up() {
        var contract = sign(TENANT.value());
        tell(confirmed(contract, new Period(APRIL, Instant.parse("2027-01-01T00:00:00Z"))));
        assertThat(details(contract, "2026-03", "CONFIRMED_NOT_HANDED_OVER")).isEmpty();
        assertThat(details(contract, "2026-06", "CONFIRMED_NOT_HANDED_OVER"))
                .singleElement()
                .asString()
                .endsWith("from 2026-06-01T00:00:00Z until now");

        tell(new ReservationReplaced(
                reservation,
                id(contract),
                TENANT,
                RACKS.subList(0, 1),
                72,
                Power.kilowatts(132),
                new Period(APRIL, Instant.parse("2026-12-01T00:00:00Z")),
                now().plusMillis(1)));
        tell(new ReservationWithdrawn(reservation, id(contract), TENANT, now().plusMillis(2)));
        advance();
        assertThat(details(contract, "2026-06", "CONFIRMED_NOT_HANDED_OVER"))
                .singleElement()
                .asString()
                .startsWith("1 racks")
                .doesNotContain("now");
    }

    @Test
    void racks_handed_over_for_a_contract_that_nobody_signed_are_a_leak() {
        var nobody = UUID.randomUUID().toString();
        tell(confirmed(nobody, new Period(APRIL, MAY)));
        tell(activated(nobody, new Period(APRIL, MAY), APRIL));
        assertThat(details(nobody, "2026-04", "HANDED_OVER_WITHOUT_CONTRACT"))
                .singleElement()
                .asString()
                .startsWith("2 racks handed over for ");
        assertThat(details(nobody, "2026-05", "HANDED_OVER_WITHOUT_CONTRACT")).isEmpty();
    }

    @Test
    void racks_held_outside_the_term_are_a_leak_of_the_months_in_which_they_were() {
        var begins = Instant.parse("2026-05-01T00:00:00Z");
        var contract = as(BILLING_CLERK)
                .post(
                        "/api/billing/contracts",
                        JSON,
                        contract(TENANT.value(), publishPlan("2026-01-01T00:00:00Z"), "USD", begins.toString(), "UTC"))
                .expect(201)
                .get("contract")
                .asString();
        tell(activated(contract, new Period(APRIL, Instant.parse("2026-12-01T00:00:00Z")), APRIL_21));
        assertThat(details(contract, "2026-04", "METERED_NOT_UNDER_CONTRACT"))
                .singleElement()
                .asString()
                .startsWith("2 racks held outside the term");
        assertThat(details(contract, "2026-05", "METERED_NOT_UNDER_CONTRACT")).isEmpty();
    }

    @Test
    void a_meter_whose_unit_says_not_priced_is_no_leak_when_it_is_priced() {
        var meter = "odd-" + UUID.randomUUID().toString().substring(0, 8);
        as(BILLING_CLERK)
                .post(
                        "/api/billing/meters",
                        JSON,
                        "{\"meter\":\"%s\",\"unit\":\"not priced\",\"aggregation\":\"sum\",\"dimensions\":[]}"
                                .formatted(meter))
                .expect(201);
        var plan = "plan-" + UUID.randomUUID();
        as(BILLING_CLERK)
                .post("/api/billing/price-plans", JSON, """
                    {"plan":"%s","currency":"USD","effectiveFrom":"2026-01-01T00:00:00Z","charges":[
                     {"code":"odd","product":"Odd","meter":"%s","model":{"type":"unit","unitPrice":"2"}}]}\
                    """.formatted(plan, meter))
                .expect(201);
        var contract = as(BILLING_CLERK)
                .post("/api/billing/contracts", JSON, contract("atlas-ai", plan, "USD", "2026-01-01T00:00:00Z", "UTC"))
                .expect(201)
                .get("contract")
                .asString();
        report("""
            {"specversion":"1.0","type":"menara.usage.reading.v1","source":"%s","id":"1","subject":"%s",
             "time":"2026-06-10T00:00:00Z","data":{"meter":"%s","value":3}}\
            """.formatted(source(), contract, meter));
        assertThat(accrued(contract, "2026-06").toString()).contains("not priced");
        assertThat(details(contract, "2026-06", "REACHED_NO_CHARGE")).isEmpty();
        report(event(contract, "2", "2026-06-10T00:00:00Z", "2026-06-10T10:00:00Z", 1_000));
        assertThat(details(contract, "2026-06", "REACHED_NO_CHARGE"))
                .containsExactly("10.000 GPU h, not priced in plan v1");
    }

    @Test
    void a_month_without_an_invoice_is_a_leak_when_nothing_of_it_can_come_late_any_more() {
        var contract = sign(TENANT.value());
        for (var month : List.of("2026-01", "2026-04", "2026-05")) {
            backfill(event(contract, month, month + "-10T00:00:00Z", month + "-10T10:00:00Z", 1_000));
        }
        for (var month : List.of("2026-01", "2026-04")) {
            assertThat(details(contract, month, "ACCRUED_NOT_INVOICED"))
                    .containsExactly("21.00 USD accrued, 0.00 USD asked for; prepare a draft with month=" + month);
        }
        assertThat(details(contract, "2026-05", "ACCRUED_NOT_INVOICED"))
                .as("until 35 days after its end")
                .isEmpty();
    }

    private void backfill(String event) {
        as(USAGE_REPORTER, USAGE_BACKFILL)
                .post("/api/billing/usage?backfill=true", "application/cloudevents-batch+json", "[" + event + "]")
                .expect(200);
    }

    private void advance() {
        passMinutes(1);
    }

    private List<String> details(String contract, String month, String kind) {
        return leaks(month)
                .valueStream()
                .filter(leak -> leak.get("contract").asString().equals(contract)
                        && leak.get("kind").asString().equals(kind))
                .map(leak -> leak.get("detail").asString())
                .toList();
    }

    private JsonNode leaks(String month) {
        return as(FINANCE)
                .get("/api/billing/projections/revenue-leakage?month=" + month)
                .expect(200)
                .get("items");
    }

    private ReservationConfirmed confirmed(String contract, Period period) {
        return new ReservationConfirmed(
                reservation,
                id(contract),
                TENANT,
                RACKS,
                144,
                Power.kilowatts(264),
                period,
                now().minus(Duration.ofDays(80)));
    }

    private ReservationActivated activated(String contract, Period period, Instant handedOverAt) {
        return new ReservationActivated(
                reservation, id(contract), TENANT, RACKS, 144, period, handedOverAt, handedOverAt);
    }

    private static ContractId id(String contract) {
        return new ContractId(UUID.fromString(contract));
    }
}
