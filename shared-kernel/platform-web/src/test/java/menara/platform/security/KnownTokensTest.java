package menara.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

class KnownTokensTest {

    private static final String TOKEN = "header.claims.signature";

    private final AtomicInteger signatures = new AtomicInteger();
    private final AtomicBoolean keyThere = new AtomicBoolean(true);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong nanos = new AtomicLong();

    private final KnownTokens tokens = new KnownTokens(
            token -> {
                signatures.incrementAndGet();
                if (!keyThere.get()) {
                    throw new BadJwtException("no key of the realm has signed this");
                }
                return jwt(token);
            },
            _ -> ended.get()
                    ? OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", "the token has ended", null))
                    : OAuth2TokenValidatorResult.success(),
            nanos::get);

    @Test
    void theSignatureOfATokenIsCheckedOnceAMinute() {
        tokens.decode(TOKEN);
        tokens.decode(TOKEN);
        assertThat(signatures).hasValue(1);

        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        tokens.decode(TOKEN);
        assertThat(signatures).hasValue(2);
    }

    @Test
    void aTokenWithOtherClaimsBehindTheSameSignatureIsCheckedByItself() {
        tokens.decode(TOKEN);
        keyThere.set(false);

        assertThatThrownBy(() -> tokens.decode("header.others.signature")).isInstanceOf(BadJwtException.class);
    }

    @Test
    void aTokenThatHasEndedIsRefusedThoughItsSignatureIsKnown() {
        tokens.decode(TOKEN);
        ended.set(true);

        assertThatThrownBy(() -> tokens.decode(TOKEN))
                .isInstanceOf(JwtValidationException.class)
                .hasMessageContaining("the token has ended");
    }

    @Test
    void aKeyThatIsWithdrawnIsBelievedForAMinuteAtMost() {
        tokens.decode(TOKEN);
        keyThere.set(false);
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());

        assertThatThrownBy(() -> tokens.decode(TOKEN)).isInstanceOf(BadJwtException.class);
    }

    @Test
    void whatWasRefusedIsNotKept() {
        keyThere.set(false);
        assertThatThrownBy(() -> tokens.decode(TOKEN)).isInstanceOf(JwtException.class);
        keyThere.set(true);

        assertThat(tokens.decode(TOKEN).getTokenValue()).isEqualTo(TOKEN);
    }

    private static Jwt jwt(String token) {
        return Jwt.withTokenValue(token)
                .header("alg", "RS256")
                .claim("sub", "somebody")
                .expiresAt(Instant.parse("2027-01-01T00:00:00Z"))
                .build();
    }
}
