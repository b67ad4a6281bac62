package menara.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import menara.platform.security.Role;
import menara.testkit.RunningService;
import menara.testkit.TestClock;
import menara.testkit.TestTokens;
import org.junit.jupiter.api.Test;

/** Where the keys come from by which tokens are believed. */
class KeysTest {

    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-11-23T10:00:00Z"));

    @Test
    void keys_come_from_the_configured_address_only_and_without_them_nobody_is_refused_for_good() {
        try (var elsewhere = new TestTokens("example-service");
                var service = new RunningService(
                        "example",
                        ExampleApplication.class,
                        CLOCK,
                        Map.of("menara.security.jwk-set-uri", elsewhere.movedJwkSetUri()))) {
            var answer =
                    service.get("/api/example/accounts/none", service.tokens().token("clerk", Role.BILLING_CLERK));
            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotEmpty();
            assertThat(answer.body().path("type").asString())
                    .isEqualTo("urn:menara:problem:identity-provider-unavailable");
        }
    }
}
