package menara.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = {"menara.gateway.limits.session=3s", "menara.gateway.limits.party.burst=100000"})
class LongestSessionTest extends GatewayTest {

    @Test
    void a_session_ends_at_its_longest_time_however_busy_it_is_and_the_person_may_sign_in_again() {
        Browser browser = new Browser(port).signIn();
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(problem(browser.get("/api/me"))).isEqualTo("401 not-signed-in"));
        assertThat(browser.signIn().get("/api/me").statusCode()).isEqualTo(200);
    }
}
