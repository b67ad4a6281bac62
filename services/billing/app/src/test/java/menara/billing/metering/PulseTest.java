package menara.billing.metering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PulseTest {

    private static final long STANDSTILL = Pulse.MAX_STANDSTILL.toNanos();

    private final Pulse pulse = new Pulse(2, 0);

    @Test
    void a_partition_that_fails_for_long_is_named_with_its_failure_and_the_others_are_not() {
        pulse.failed(0, new IllegalStateException("secret"));
        pulse.beat(1, STANDSTILL);
        assertThat(pulse.troubles(STANDSTILL, true)).isEmpty();
        assertThat(pulse.troubles(STANDSTILL + 1, true))
                .containsExactly("partition 0 stands still for 30 s, IllegalStateException");
        pulse.beat(0, STANDSTILL + 2);
        assertThat(pulse.troubles(STANDSTILL + 3, true)).isEmpty();
    }

    @Test
    void a_thread_that_died_or_hangs_is_told_though_nothing_failed() {
        assertThat(pulse.troubles(1, false)).containsExactly("counting has stopped");
        pulse.died(new OutOfMemoryError());
        assertThat(pulse.troubles(1, false)).containsExactly("counting has stopped after an error: OutOfMemoryError");
        assertThat(pulse.troubles(2 * STANDSTILL, true)).hasSize(2);
    }
}
