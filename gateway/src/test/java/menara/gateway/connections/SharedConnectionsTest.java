package menara.gateway.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedConnectionsTest {

    @Test
    void whoever_has_waited_longest_is_first() {
        assertThat(SharedConnections.longestFirst(List.of(30, 10, 20), Integer::longValue))
                .containsExactly(10, 20, 30);
    }

    /** A sort that looks at them again and again fails: "Comparison method violates its general contract". */
    @Test
    void moments_that_change_meanwhile_disturb_nobody() {
        var random = new SplittableRandom(1);
        var connections = IntStream.range(0, 1_000).boxed().toList();
        for (int round = 0; round < 200; round++) {
            assertThat(SharedConnections.longestFirst(connections, _ -> random.nextInt(1_000)))
                    .hasSameSizeAs(connections);
        }
    }
}
