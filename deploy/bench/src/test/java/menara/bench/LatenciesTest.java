package menara.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private static Latencies millis(int... values) {
        var latencies = new Latencies();
        for (int value : values) {
            latencies.add(TimeUnit.MILLISECONDS.toNanos(value));
        }
        return latencies;
    }

    @Test
    void a_percentile_is_the_smallest_value_that_so_many_do_not_exceed() {
        var latencies = millis(40, 10, 30, 20);

        assertThat(latencies.millis(25)).isEqualTo(10);
        assertThat(latencies.millis(26)).isEqualTo(20);
        assertThat(latencies.millis(50)).isEqualTo(20);
        assertThat(latencies.millis(99)).isEqualTo(40);
        assertThat(latencies.millis(100)).isEqualTo(40);
    }

    @Test
    void more_values_than_first_expected_are_kept() {
        var latencies = new Latencies();
        for (int i = 1; i <= 5_000; i++) {
            latencies.add(TimeUnit.MILLISECONDS.toNanos(i));
        }
        assertThat(latencies.count()).isEqualTo(5_000);
        assertThat(latencies.millis(99)).isEqualTo(4_950);
    }

    @Test
    void nothing_measured_has_no_percentile() {
        assertThatThrownBy(() -> new Latencies().millis(50)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> millis(1).millis(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> millis(1).millis(101)).isInstanceOf(IllegalArgumentException.class);
    }
}
