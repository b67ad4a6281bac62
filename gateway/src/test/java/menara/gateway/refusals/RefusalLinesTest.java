package menara.gateway.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import menara.gateway.refusals.RefusalLines.Kind;
import org.junit.jupiter.api.Test;

class RefusalLinesTest {

    private Instant now = Instant.parse("2027-01-01T00:00:00Z");
    private final RefusalLines lines = new RefusalLines(() -> now);

    @Test
    void a_flood_takes_a_few_lines_and_the_next_one_says_how_many_were_left_out() {
        assertThat(written(Kind.LIMIT, 10_000)).isEqualTo(RefusalLines.LINES);
        now = now.plus(RefusalLines.WINDOW);
        assertThat(lines.next(Kind.LIMIT)).isEqualTo(OptionalLong.of(10_000 - RefusalLines.LINES));
        assertThat(lines.next(Kind.LIMIT)).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void a_flood_of_one_kind_hides_no_other() {
        written(Kind.FORM, 10_000);
        assertThat(lines.next(Kind.AUTHORIZATION)).isEqualTo(OptionalLong.of(0));
    }

    private int written(Kind kind, int refusals) {
        int written = 0;
        for (int i = 0; i < refusals; i++) {
            written += lines.next(kind).isPresent() ? 1 : 0;
        }
        return written;
    }
}
