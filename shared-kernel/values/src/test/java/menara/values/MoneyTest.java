package menara.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.SplittableRandom;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    private static final Currency MAD = Currency.getInstance("MAD");

    @ParameterizedTest
    @CsvSource({
        "0.125, MAD, 0.12", // half-even goes to the even neighbour
        "0.135, MAD, 0.14",
        "-0.125, MAD, -0.12",
        "1234.5, KRW, 1234", // the won has no minor unit
        "1235.5, KRW, 1236",
        "2.10, USD, 2.10",
    })
    void rounding_is_half_even_to_the_minor_unit(String amount, String currency, String rounded) {
        assertThat(Money.of(amount, currency).rounded()).isEqualTo(Money.of(rounded, currency));
    }

    @Test
    void equal_money_is_equal_however_it_was_written() {
        assertThat(Money.of("1.5", "MAD")).isEqualTo(Money.of("1.50000", "MAD")).hasToString("1.50 MAD");
        assertThat(Money.of("-0.000", "MAD")).isEqualTo(Money.zero(MAD));
        assertThat(Money.of("1E+3", "MAD")).hasToString("1000.00 MAD");
    }

    @Test
    void currencies_never_mix() {
        assertThatThrownBy(() -> Money.of("1", "MAD").plus(Money.of("1", "EUR")))
                .isInstanceOf(CurrencyMismatch.class)
                .hasMessageContaining("expected MAD but got EUR");
        assertThatThrownBy(() -> Money.of("1", "MAD").compareTo(Money.of("1", "EUR")))
                .isInstanceOf(CurrencyMismatch.class);
    }

    @Test
    void an_amount_of_absurd_precision_is_refused() {
        assertThatThrownBy(() -> Money.of("1e999999999", "MAD"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 34 digits");
    }

    @Test
    void a_sum_does_not_depend_on_the_order() {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("MoneyTest: -Dmenara.seed=" + seed);
        var random = new SplittableRandom(seed);
        var parts = random.longs(1_000, -10_000_000, 10_000_000)
                .mapToObj(n -> Money.of(BigDecimal.valueOf(n, 5), MAD))
                .toList();

        assertThat(Money.sum(parts.reversed(), MAD)).as("seed %d", seed).isEqualTo(Money.sum(parts, MAD));
    }

    @Test
    void rounding_agrees_with_the_reference_implementation_of_javamoney() {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("MoneyTest: -Dmenara.seed=" + seed);
        var random = new SplittableRandom(seed);
        for (String code : List.of("MAD", "EUR", "USD", "KRW")) {
            for (int i = 0; i < 500; i++) {
                var amount = BigDecimal.valueOf(random.nextLong(-1_000_000_000L, 1_000_000_000L), random.nextInt(0, 8));
                var reference = org.javamoney.moneta.Money.of(amount, code).with(Monetary.getDefaultRounding());

                assertThat(Money.of(amount, Currency.getInstance(code))
                                .rounded()
                                .amount())
                        .as("seed %d: %s %s", seed, amount, code)
                        .isEqualByComparingTo(reference.getNumberStripped());
            }
        }
    }
}
