package menara.platform.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import menara.values.refusals.InvalidField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

    @Test
    void a_page_that_is_not_the_last_leads_to_the_item_after_its_own_last() {
        var first = Paging.of(Optional.of(2), Optional.empty()).page(List.of("a", "b", "c"), String::toString);

        assertThat(first.items()).containsExactly("a", "b");
        assertThat(Paging.of(Optional.of(2), Optional.ofNullable(first.next())).after())
                .contains("b");
    }

    @Test
    void the_last_page_leads_nowhere() {
        assertThat(Paging.of(Optional.of(2), Optional.empty())
                        .page(List.of("a", "b"), String::toString)
                        .next())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1_001})
    void a_limit_out_of_range_is_refused(int limit) {
        assertThatThrownBy(() -> Paging.of(Optional.of(limit), Optional.empty()))
                .isInstanceOfSatisfying(
                        InvalidField.class, e -> assertThat(e.field()).isEqualTo("limit"));
    }

    @Test
    void a_cursor_that_is_not_ours_is_refused() {
        assertThatThrownBy(() -> Paging.of(Optional.empty(), Optional.of("!")))
                .isInstanceOfSatisfying(
                        InvalidField.class, e -> assertThat(e.field()).isEqualTo("cursor"));
    }
}
