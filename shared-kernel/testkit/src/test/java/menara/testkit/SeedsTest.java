package menara.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeedsTest {

    private static final String AGAIN = "menara.seed";

    private final String given = System.getProperty(AGAIN, "");

    @BeforeEach
    void without() {
        System.clearProperty(AGAIN);
    }

    @AfterEach
    void as_before() {
        if (given.isEmpty()) {
            System.clearProperty(AGAIN);
        } else {
            System.setProperty(AGAIN, given);
        }
    }

    @Test
    void each_run_is_another_one() {
        assertThat(Seeds.of(SeedsTest.class)).isNotEqualTo(Seeds.of(SeedsTest.class));
        assertThat(Seeds.of(SeedsTest.class, 7)).isEqualTo(7);
    }

    @Test
    void a_seed_that_is_given_is_taken() {
        System.setProperty(AGAIN, "-42");
        assertThat(Seeds.of(SeedsTest.class)).isEqualTo(-42);
        assertThat(Seeds.of(SeedsTest.class, 7)).isEqualTo(-42);
    }
}
