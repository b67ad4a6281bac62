package menara.billing.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import menara.billing.TestDatabases;
import menara.billing.contracts.ServiceLevel;
import menara.billing.credits.CreditCommands.AssessAvailability;
import menara.billing.credits.CreditCommands.ReassessCharges;
import menara.billing.rating.ServiceCredit;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;

class CreditDecisionsTest {

    private static final CreditId JANUARY = new CreditId(new ContractId(new UUID(1, 1)), YearMonth.of(2026, 1));
    private static final TenantId TENANT = new TenantId("atlas-ai");
    private static final Instant AT = Instant.parse("2026-02-01T00:00:00Z");
    private static final long SCHEDULED = 10_000;

    /** Below 99.9 % a tenth, below 99 % a quarter, below 95 % all of it. */
    private static final ServiceLevel LEVEL =
            new ServiceLevel(new BigDecimal("99.9"), List.of(tier("99.9", "10"), tier("99", "25"), tier("95", "100")));

    @Test
    void a_missed_target_grants_the_share_of_the_lowest_tier_reached() {
        assertThat(granted(11)).isEqualTo(Money.of("120.00", "USD")); // 99.89 %
        assertThat(granted(101)).isEqualTo(Money.of("300.00", "USD")); // 98.99 %
        assertThat(granted(501)).isEqualTo(Money.of("1200.00", "USD")); // 94.99 %
    }

    @Test
    void a_target_met_to_the_minute_grants_nothing() {
        assertThat(decide(assess(1, 10, "1200.00"), new Credit.NotAssessed()))
                .singleElement()
                .isInstanceOf(AvailabilityTargetMet.class);
        assertThat(decide(assess(1, 100, "1200.00"), new Credit.NotAssessed()))
                .as("99.0 % is not below 99 %")
                .singleElement()
                .satisfies(event -> assertThat(event.assessed().creditPercent()).isEqualByComparingTo("10"));
    }

    @Test
    void a_breach_that_only_rounding_would_hide_is_a_breach() {
        // 99.8999…% of a year of a large hall: shown as 99.8999, never as 99.9.
        var availability = new Availability(1, 1_000_000_000, 1_000_001);
        assertThat(availability.creditPercent(LEVEL)).isEqualByComparingTo("10");
        assertThat(availability.percent()).isEqualByComparingTo("99.8999");
    }

    @Test
    void the_same_measurement_or_an_older_one_decides_nothing_again() {
        var granted = after(new Credit.NotAssessed(), assess(2, 11, "1200.00"));
        assertThat(decide(assess(2, 11, "1200.00"), granted)).isEmpty();
        assertThat(decide(assess(1, 501, "1200.00"), granted)).isEmpty();
    }

    @Test
    void a_newer_measurement_revises_the_credit() {
        var granted = after(new Credit.NotAssessed(), assess(1, 11, "1200.00"));
        assertThat(decide(assess(2, 101, "1200.00"), granted)).singleElement().satisfies(event -> {
            assertThat(event).isInstanceOf(SlaCreditRevised.class);
            assertThat(event.assessed().amount()).isEqualTo(Money.of("300.00", "USD"));
            assertThat(event.assessed().revision()).isEqualTo(2);
        });
    }

    @Test
    void a_correction_takes_the_credit_back_and_another_grants_it_again() {
        var granted = after(new Credit.NotAssessed(), assess(1, 11, "1200.00"));
        var withdrawn = decide(assess(2, 10, "1200.00"), granted).getFirst();
        assertThat(withdrawn).isInstanceOf(SlaCreditWithdrawn.class);
        assertThat(withdrawn.assessed().amount()).isEqualTo(Money.of("0", "USD"));
        assertThat(decide(assess(3, 11, "1200.00"), CreditDecisions.evolve(granted, withdrawn)))
                .singleElement()
                .isInstanceOf(SlaCreditGranted.class);
    }

    @Test
    void a_credit_never_exceeds_the_months_charges() {
        assertThat(ServiceCredit.share(new BigDecimal("100"), Money.of("0.01", "USD")))
                .isEqualTo(Money.of("0.01", "USD"));
        assertThat(ServiceCredit.share(new BigDecimal("25"), Money.of("0", "USD")))
                .isEqualTo(Money.of("0", "USD"));
        assertThat(ServiceCredit.share(new BigDecimal("10"), Money.of("0.25", "USD")))
                .isEqualTo(Money.of("0.02", "USD"));
        assertThat(ServiceCredit.share(new BigDecimal("10"), Money.of("1005", "KRW")))
                .isEqualTo(Money.of("100", "KRW"));
    }

    @Test
    void charges_known_later_revise_the_credit_and_equal_ones_do_not() {
        var granted = after(new Credit.NotAssessed(), assess(1, 11, "1200.00"));
        assertThat(CreditDecisions.decide(new ReassessCharges(JANUARY, Money.of("1200.00", "USD"), AT), granted))
                .isEmpty();
        assertThat(CreditDecisions.decide(new ReassessCharges(JANUARY, Money.of("1500.00", "USD"), AT), granted))
                .singleElement()
                .satisfies(event -> assertThat(event.assessed().amount()).isEqualTo(Money.of("150.00", "USD")));
        assertThat(CreditDecisions.decide(
                        new ReassessCharges(JANUARY, Money.of("1500.00", "USD"), AT), new Credit.NotAssessed()))
                .isEmpty();
    }

    @Test
    void more_minutes_lost_than_were_due_is_no_measurement() {
        assertThatThrownBy(() -> new Availability(1, 10, 11)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Availability(1, 0, 0).creditPercent(LEVEL)).isEqualByComparingTo("0");
    }

    @Test
    void a_credit_is_read_as_it_was_known_and_replaying_changes_nothing() {
        var credits = new CreditReadModel(TestDatabases.fresh());
        var first = new SlaCreditGranted(JANUARY, assessed(1, "120.00"), AT);
        for (int replay = 0; replay < 2; replay++) {
            credits.on(first);
            for (int revision = 2; revision <= 200; revision++) {
                credits.on(
                        new SlaCreditRevised(JANUARY, assessed(revision, revision + ".00"), AT.plusSeconds(revision)));
            }
        }
        assertThat(credits.find(JANUARY, AT.minusMillis(1))).isEmpty();
        assertThat(amountAt(credits, AT)).isEqualTo(Money.of("120.00", "USD"));
        assertThat(amountAt(credits, AT.plusSeconds(57))).isEqualTo(Money.of("57.00", "USD"));
        assertThat(amountAt(credits, AT.plusSeconds(10_000))).isEqualTo(Money.of("200.00", "USD"));
    }

    private static Money amountAt(CreditReadModel credits, Instant asOf) {
        return credits.find(JANUARY, asOf).orElseThrow().assessed().amount();
    }

    private static Credit.Assessed assessed(long revision, String amount) {
        return new Credit.Assessed(
                TENANT,
                revision,
                new Availability(revision, SCHEDULED, 11),
                BigDecimal.TEN,
                Money.of("1200.00", "USD"),
                Money.of(amount, "USD"));
    }

    private static Money granted(long unavailable) {
        return decide(assess(1, unavailable, "1200.00"), new Credit.NotAssessed())
                .getFirst()
                .assessed()
                .amount();
    }

    private static List<CreditEvent> decide(AssessAvailability command, Credit credit) {
        return CreditDecisions.decide(command, credit);
    }

    private static Credit after(Credit credit, AssessAvailability command) {
        return CreditDecisions.evolve(credit, decide(command, credit).getFirst());
    }

    private static AssessAvailability assess(long measurement, long unavailable, String charges) {
        return new AssessAvailability(
                JANUARY,
                TENANT,
                new Availability(measurement, SCHEDULED, unavailable),
                LEVEL,
                Money.of(charges, "USD"),
                AT);
    }

    private static ServiceLevel.Tier tier(String below, String credit) {
        return new ServiceLevel.Tier(new BigDecimal(below), new BigDecimal(credit));
    }
}
