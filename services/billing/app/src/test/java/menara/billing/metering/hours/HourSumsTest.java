package menara.billing.metering.hours;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Random;
import menara.testkit.Seeds;
import org.junit.jupiter.api.Test;

class HourSumsTest {

    @Test
    void sums_of_any_size_and_sign_are_the_sums_of_big_integers() {
        long seed = Seeds.of(HourSumsTest.class);
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var sums = new HourSums();
            var quantities = HourlyQuantities.NONE;
            var expected = new java.util.TreeMap<Instant, BigInteger>();
            for (int i = 0; i < 50; i++) {
                long hour = 3_600L * random.nextInt(4);
                long quantity = random.nextLong() >> random.nextInt(64);
                sums.add(hour, quantity);
                quantities = quantities.plus(HourlyQuantities.of(new long[] {hour}, new long[] {quantity}));
                expected.merge(Instant.ofEpochSecond(hour), BigInteger.valueOf(quantity), BigInteger::add);
            }
            assertThat(sums.quantities().toMap()).as("seed %d", seed).isEqualTo(expected);
            assertThat(quantities).as("seed %d", seed).isEqualTo(HourlyQuantities.of(expected));
            assertThat(quantities.toMap()).as("seed %d", seed).isEqualTo(expected);
            assertThat(quantities.sum(Instant.MIN, Instant.MAX))
                    .as("seed %d", seed)
                    .isEqualTo(expected.values().stream().reduce(BigInteger.ZERO, BigInteger::add));
        }
    }
}
