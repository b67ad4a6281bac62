package menara.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static Arguments parse(String... given) {
        return Arguments.parse(List.of(given), Set.of("event-store"));
    }

    @Test
    void a_bench_runs_by_its_name() {
        assertThat(parse("event-store").bench()).isEqualTo("event-store");
        assertThat(parse("event-store").json()).isEmpty();
    }

    @Test
    void json_names_the_file_to_write() {
        assertThat(parse("event-store", "--json", "figures.json").json()).contains(Path.of("figures.json"));
    }

    @Test
    void anything_else_is_refused_with_what_is_wrong() {
        assertRefused("which bench");
        assertRefused("no bench even-store", "even-store");
        assertRefused("unknown option --yaml", "event-store", "--yaml", "figures.yaml");
        assertRefused("unknown arguments", "event-store", "--json");
        assertRefused("unknown arguments", "event-store", "--json", "a", "b");
    }

    private static void assertRefused(String message, String... given) {
        assertThatThrownBy(() -> parse(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
