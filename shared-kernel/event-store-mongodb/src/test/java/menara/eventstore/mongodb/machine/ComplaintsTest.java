package menara.eventstore.mongodb.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ComplaintsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Complaints complaints = new Complaints(nanos::get);

    private int toldWithin(Duration time, Duration every) {
        int count = 0;
        long end = nanos.get() + time.toNanos();
        for (; nanos.get() < end; nanos.addAndGet(every.toNanos())) {
            if (complaints.isDue(IOException.class)) {
                count++;
            }
        }
        return count;
    }

    @Test
    void trouble_that_lasts_is_told_at_ever_longer_pauses() {
        assertThat(toldWithin(Duration.ofHours(1), Duration.ofMillis(20))).isBetween(10, 13);
        assertThat(toldWithin(Duration.ofHours(10), Duration.ofMillis(20))).isBetween(9, 11);
    }

    @Test
    void each_kind_is_told() {
        assertThat(complaints.isDue(IOException.class)).isTrue();
        assertThat(complaints.isDue(IllegalStateException.class)).isTrue();
        assertThat(complaints.isDue(IOException.class)).isFalse();
    }

    @Test
    void trouble_that_comes_back_after_a_rest_is_told_at_once() {
        toldWithin(Duration.ofMinutes(1), Duration.ofMillis(20));
        nanos.addAndGet(Duration.ofDays(1).toNanos());

        assertThat(toldWithin(Duration.ofMillis(1500), Duration.ofMillis(20))).isEqualTo(2);
    }
}
