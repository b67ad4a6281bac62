package menara.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    @Test
    void a_new_id_is_version_7_and_tells_its_millisecond() {
        var at = Instant.parse("2026-11-23T10:15:30.123Z");
        var id = Uuid7.at(at, new SplittableRandom(1));

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(at.toEpochMilli());
    }

    @Test
    void ids_of_later_milliseconds_sort_later_and_never_repeat() {
        var random = new SplittableRandom(2);
        var seen = new HashSet<UUID>();
        var last = "";
        for (int millis = 0; millis < 10_000; millis++) {
            var id = Uuid7.at(Instant.ofEpochMilli(1_763_000_000_000L + millis), random);
            assertThat(id.toString()).isGreaterThan(last);
            assertThat(seen.add(id)).isTrue();
            last = id.toString();
        }
    }

    @Test
    void the_same_cause_gives_the_same_id_and_another_cause_another() {
        assertThat(Uuid8.derived("credit", "contract-1")).isEqualTo(Uuid8.derived("credit", "contract-1"));
        assertThat(Uuid8.derived("credit", "contract-1").version()).isEqualTo(8);
        assertThat(Uuid8.derived("ab", "c")).isNotEqualTo(Uuid8.derived("a", "bc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "a b", "a/b", "ü", "=cmd", "../etc"})
    void a_name_that_could_harm_a_url_a_file_or_a_cell_is_refused(String name) {
        assertThatThrownBy(() -> new RackId(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rack id must be");
    }

    @Test
    void a_name_has_at_most_80_characters() {
        assertThat(new NodeId("n".repeat(80)).value()).hasSize(80);
        assertThatThrownBy(() -> new NodeId("n".repeat(81))).isInstanceOf(IllegalArgumentException.class);
    }
}
