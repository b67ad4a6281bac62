package menara.investment.commitments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import menara.testkit.Seeds;
import menara.values.Money;
import menara.values.PartnerId;
import org.junit.jupiter.api.Test;

class ProRataTest {

    private static final PartnerId LLOYDS = new PartnerId("lloyds-capital");
    private static final PartnerId NAVER = new PartnerId("naver-cloud");
    private static final PartnerId NEXUS = new PartnerId("nexus-core-systems");
    private static final int ROUNDS = 20_000;

    @Test
    void a_third_each_leaves_the_odd_cent_with_the_first_by_id() {
        var thirds = Map.of(LLOYDS, mad("1"), NAVER, mad("1"), NEXUS, mad("1"));

        assertThat(ProRata.split(mad("100.00"), thirds))
                .containsExactlyEntriesOf(sorted(LLOYDS, mad("33.34"), NAVER, mad("33.33"), NEXUS, mad("33.33")));
    }

    @Test
    void the_odd_cents_go_to_the_largest_remainders() {
        var weights = Map.of(LLOYDS, mad("50"), NAVER, mad("30"), NEXUS, mad("20"));

        // 0.505, 0.303, 0.202: the only missing cent goes to the remainder of one half.
        assertThat(ProRata.split(mad("1.01"), weights))
                .containsExactlyEntriesOf(sorted(LLOYDS, mad("0.51"), NAVER, mad("0.30"), NEXUS, mad("0.20")));
    }

    @Test
    void a_currency_without_decimals_is_split_in_whole_units() {
        var weights = Map.of(LLOYDS, krw("2"), NAVER, krw("1"));

        assertThat(ProRata.split(krw("100"), weights))
                .containsEntry(LLOYDS, krw("67"))
                .containsEntry(NAVER, krw("33"));
    }

    @Test
    void a_negative_amount_is_split_like_its_opposite() {
        var weights = Map.of(LLOYDS, mad("1"), NAVER, mad("2"));

        assertThat(ProRata.split(mad("-10.00"), weights))
                .containsEntry(LLOYDS, mad("-3.33"))
                .containsEntry(NAVER, mad("-6.67"));
    }

    @Test
    void what_a_limit_cuts_off_falls_to_the_others_in_proportion() {
        var weights = Map.of(LLOYDS, mad("100"), NAVER, mad("100"), NEXUS, mad("200"));
        var limits = Map.of(LLOYDS, mad("0"), NAVER, mad("100"), NEXUS, mad("200"));

        assertThat(ProRata.split(mad("90.00"), weights, limits))
                .containsExactlyEntriesOf(sorted(LLOYDS, mad("0"), NAVER, mad("30"), NEXUS, mad("60")));
    }

    @Test
    void an_amount_equal_to_all_limits_uses_every_one_of_them_up() {
        var weights = Map.of(LLOYDS, mad("1000"), NAVER, mad("1"));
        var limits = Map.of(LLOYDS, mad("0.01"), NAVER, mad("7.77"));

        assertThat(ProRata.split(mad("7.78"), weights, limits)).containsExactlyInAnyOrderEntriesOf(limits);
    }

    @Test
    void an_amount_above_all_limits_is_refused() {
        var weights = Map.of(LLOYDS, mad("1"));

        assertThatThrownBy(() -> ProRata.split(mad("1.01"), weights, Map.of(LLOYDS, mad("1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void random_splits_add_up_to_the_last_unit_and_stay_within_every_limit() {
        long seed = Seeds.of(ProRataTest.class);
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var which = "seed %d round %d".formatted(seed, round);
            var currency = Currency.getInstance(List.of("MAD", "KRW", "TND").get(random.nextInt(3)));
            var weights = new LinkedHashMap<PartnerId, Money>();
            var limits = new LinkedHashMap<PartnerId, Money>();
            int partners = 1 + random.nextInt(7);
            for (int p = 0; p < partners; p++) {
                var partner = new PartnerId("p" + random.nextInt(1_000_000));
                var weight = BigInteger.valueOf(1).add(upTo(random));
                weights.put(partner, MinorUnits.money(weight, currency));
                limits.put(
                        partner, MinorUnits.money(random.nextInt(4) == 0 ? BigInteger.ZERO : upTo(random), currency));
            }
            var available = Money.sum(limits.values(), currency);
            var amount = MinorUnits.money(
                    random.nextInt(5) == 0
                            ? MinorUnits.of(available)
                            : upTo(random).min(MinorUnits.of(available)),
                    currency);

            var parts = ProRata.split(amount, weights, limits);

            assertThat(Money.sum(parts.values(), currency)).as(which).isEqualTo(amount);
            parts.forEach((partner, part) ->
                    assertThat(part).as("%s %s", which, partner).isBetween(Money.zero(currency), limits.get(partner)));
            assertThat(parts).containsOnlyKeys(weights.keySet());
        }
    }

    @Test
    void random_splits_without_limits_are_never_a_whole_unit_away_from_the_exact_part() {
        long seed = Seeds.of(ProRataTest.class);
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var which = "seed %d round %d".formatted(seed, round);
            var weights = new LinkedHashMap<PartnerId, Money>();
            int partners = 1 + random.nextInt(7);
            for (int p = 0; p < partners; p++) {
                weights.put(new PartnerId("p" + p), krw("" + (1 + random.nextInt(1_000_000))));
            }
            var amount = krw("" + random.nextInt(1_000_000_000));
            var total = Money.sum(weights.values(), amount.currency()).amount();

            var parts = ProRata.split(amount, weights);

            weights.forEach((partner, weight) -> {
                var exact = amount.amount().multiply(weight.amount()).divide(total, MathContext.DECIMAL128);
                assertThat(parts.getOrDefault(partner, amount.negated())
                                .amount()
                                .subtract(exact)
                                .abs())
                        .as("%s %s", which, partner)
                        .isLessThan(BigDecimal.ONE);
            });
        }
    }

    private static BigInteger upTo(Random random) {
        return new BigInteger(1 + random.nextInt(60), random);
    }

    private static SortedMap<PartnerId, Money> sorted(
            PartnerId a, Money first, PartnerId b, Money second, PartnerId c, Money third) {
        var map = new java.util.TreeMap<PartnerId, Money>(ProRata.BY_ID);
        map.put(a, first);
        map.put(b, second);
        map.put(c, third);
        return map;
    }

    private static Money mad(String amount) {
        return Money.of(amount, "MAD");
    }

    private static Money krw(String amount) {
        return Money.of(amount, "KRW");
    }
}
