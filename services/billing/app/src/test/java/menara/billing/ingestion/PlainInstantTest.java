package menara.billing.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import menara.testkit.Seeds;
import org.junit.jupiter.api.Test;

class PlainInstantTest {

    private static final int TEXTS = 20_000;
    private static final String ODD = "0123456789-:TtZz.+ ";

    @Test
    void whatever_is_written_means_the_same_as_to_the_platform() {
        long seed = Seeds.of(PlainInstantTest.class);
        var random = new SplittableRandom(seed);
        int understood = 0;
        for (int i = 0; i < TEXTS; i++) {
            var text = new StringBuilder("%04d-%02d-%02dT%02d:%02d:%02dZ"
                    .formatted(
                            1990 + random.nextInt(120),
                            random.nextInt(14),
                            random.nextInt(33),
                            random.nextInt(26),
                            random.nextInt(62),
                            random.nextInt(62)));
            if (random.nextInt(4) == 0) {
                text.setCharAt(random.nextInt(text.length()), ODD.charAt(random.nextInt(ODD.length())));
            }
            var expected = parsed(Instant::parse, text.toString());
            understood += expected.isPresent() ? 1 : 0;
            assertThat(parsed(PlainInstant::parse, text.toString()))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(expected);
        }
        assertThat(understood).isBetween(TEXTS / 3, TEXTS - TEXTS / 100);
    }

    private static Optional<Instant> parsed(Function<String, Instant> parse, String text) {
        try {
            return Optional.of(parse.apply(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
