package menara.billing.usage.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import menara.billing.usage.events.Hash128;
import menara.billing.usage.log.UsageLog;
import menara.testkit.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilterTest {

    private static final int STRANGERS = 500_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 50, 1_000, 9_999, UsageLog.EVENTS_PER_PIECE})
    void every_key_passes_and_hardly_a_strange_one_also_after_it_was_stored(int size) {
        long seed = Seeds.of(KeyFilterTest.class);
        var random = new SplittableRandom(seed);
        var keys = Stream.generate(() -> new Hash128(random.nextLong(), random.nextLong()))
                .limit(size)
                .toArray(Hash128[]::new);

        var filter = KeyFilter.of(KeyFilter.of(keys).bytes());

        assertThat(keys).as("seed %d", seed).allMatch(filter::mayHold);
        long passing = Stream.generate(() -> new Hash128(random.nextLong(), random.nextLong()))
                .limit(STRANGERS)
                .filter(filter::mayHold)
                .count();
        // One of 8,192 is expected: 61. An empty filter lets through what its fingerprint of nothing lets through.
        assertThat(passing).as("seed %d", seed).isLessThan(150);
    }

    @ParameterizedTest
    @ValueSource(ints = UsageLog.EVENTS_PER_PIECE)
    void a_key_takes_no_more_than_two_bytes(int size) {
        var random = new SplittableRandom(7);
        var keys = Stream.generate(() -> new Hash128(random.nextLong(), random.nextLong()))
                .limit(size)
                .toArray(Hash128[]::new);
        assertThat(KeyFilter.of(keys).memory()).isLessThanOrEqualTo(2L * size);
    }

    @ParameterizedTest
    @ValueSource(ints = 1_000)
    void keys_that_share_half_of_their_bits_are_told_apart(int size) {
        var keys = Stream.iterate(1L, n -> n + 1)
                .map(n -> new Hash128(42, n))
                .limit(size)
                .toArray(Hash128[]::new);
        var filter = KeyFilter.of(keys);
        assertThat(keys).allMatch(filter::mayHold);
        assertThat(filter.mayHold(new Hash128(42, 0))).isFalse();
    }
}
