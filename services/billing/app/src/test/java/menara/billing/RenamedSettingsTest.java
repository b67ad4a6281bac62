package menara.billing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class RenamedSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "menara.billing.issuer.code, menara.billing.seller",
        "menara.billing.issuer.grace, menara.billing.seller",
        "menara.billing.settlement-interval, menara.billing.reassessment-interval",
    })
    void a_setting_under_its_old_name_keeps_the_service_from_starting(String old, String now) {
        var environment = new MockEnvironment().withProperty(old, "ABC");

        assertThatThrownBy(() -> new RenamedSettings(environment))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(now);
    }

    @Test
    void settings_under_their_names_are_no_matter() {
        var environment = new MockEnvironment()
                .withProperty("menara.billing.seller.code", "ABC")
                .withProperty("menara.billing.reassessment-interval", "1h");

        assertThatCode(() -> new RenamedSettings(environment)).doesNotThrowAnyException();
    }
}
