package menara.billing.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import menara.billing.TestDatabases;
import org.junit.jupiter.api.Test;

class RateReadModelTest {

    private static final Currency MAD = Currency.getInstance("MAD");
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency KRW = Currency.getInstance("KRW");
    private static final LocalDate FRIDAY = LocalDate.of(2026, 6, 5);

    @Test
    void a_day_without_a_rate_has_the_one_of_the_day_before_and_the_first_that_was_read_stays() {
        var rates = new RateReadModel(TestDatabases.fresh());
        rates.add(List.of(
                rate(USD, MAD, "9.18"),
                new Rate(EUR, USD, new BigDecimal("1.25"), "ecb", FRIDAY),
                new Rate(EUR, KRW, new BigDecimal("1600"), "ecb", FRIDAY)));
        rates.add(List.of(rate(USD, MAD, "9.99")));
        var sunday = FRIDAY.plusDays(2);
        assertThat(rates.find(USD, MAD, sunday)).contains(rate(USD, MAD, "9.18"));
        assertThat(rates.find(USD, MAD, FRIDAY.minusDays(1))).isEmpty();
        assertThat(rates.find(USD, MAD, FRIDAY.plusDays(RateReadModel.MAX_AGE_DAYS + 1)))
                .isEmpty();
        assertThat(rates.find(USD, KRW, sunday).orElseThrow().value()).isEqualByComparingTo("1280");
    }

    @Test
    void of_a_rate_and_its_inverse_the_later_day_counts() {
        var rates = new RateReadModel(TestDatabases.fresh());
        rates.enter(entered(USD, MAD, "9.00", FRIDAY.minusDays(2)));
        rates.enter(entered(MAD, USD, "0.125", FRIDAY));
        assertThat(rates.find(USD, MAD, FRIDAY).orElseThrow().value()).isEqualByComparingTo("8");
        assertThat(rates.find(MAD, USD, FRIDAY).orElseThrow().value()).isEqualByComparingTo("0.125");
        rates.enter(entered(USD, MAD, "9.50", FRIDAY));
        assertThat(rates.find(USD, MAD, FRIDAY).orElseThrow().value()).isEqualByComparingTo("9.50");
    }

    @Test
    void what_two_people_enter_against_the_euro_makes_no_rate_between_other_currencies() {
        var rates = new RateReadModel(TestDatabases.fresh());
        rates.enter(entered(EUR, USD, "1.25", FRIDAY));
        rates.enter(entered(EUR, MAD, "10", FRIDAY));
        assertThat(rates.find(USD, MAD, FRIDAY)).isEmpty();
        assertThat(rates.find(MAD, EUR, FRIDAY).orElseThrow().value()).isEqualByComparingTo("0.1");
    }

    private static Rate entered(Currency base, Currency quote, String value, LocalDate date) {
        return new Rate(base, quote, new BigDecimal(value), RateReadModel.MANUAL, date);
    }

    private static Rate rate(Currency base, Currency quote, String value) {
        return new Rate(base, quote, new BigDecimal(value), "bank-al-maghrib", FRIDAY);
    }
}
