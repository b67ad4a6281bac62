package menara.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Checks the signature of a token once a minute and not with each request; everything else, above all its expiry, is checked each time.
 * Only valid tokens are cached. A key that the realm withdraws is thus trusted for a minute longer, besides the minutes for which keys are
 * cached.
 */
final class KnownTokens implements JwtDecoder {

    private static final Duration SIGNATURE_GOOD_FOR = Duration.ofMinutes(1);

    /** About 3 MB of the realm's usual tokens. */
    private static final int MAX_TOKENS = 1_000;

    /** A token of a party with very many names is checked each time instead of filling the memory. */
    private static final int MAX_LENGTH = 8_192;

    private final JwtDecoder decoder;
    private final OAuth2TokenValidator<Jwt> validator;
    private final Cache<String, Jwt> known;

    /**
     * @param decoder checks signature and claims
     * @param validator checks the claims of a token whose signature is known
     * @param ticker clock for the age of cached tokens, in nanoseconds
     */
    KnownTokens(JwtDecoder decoder, OAuth2TokenValidator<Jwt> validator, Ticker ticker) {
        this.decoder = decoder;
        this.validator = validator;
        this.known = Caffeine.newBuilder()
                .maximumSize(MAX_TOKENS)
                .expireAfterWrite(SIGNATURE_GOOD_FOR)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Jwt decode(String token) {
        var before = known.getIfPresent(token);
        if (before == null) {
            var decoded = decoder.decode(token);
            if (token.length() <= MAX_LENGTH) {
                known.put(token, decoded);
            }
            return decoded;
        }
        var result = validator.validate(before);
        if (result.hasErrors()) {
            known.invalidate(token);
            throw new JwtValidationException(
                    result.getErrors().stream().map(OAuth2Error::toString).collect(Collectors.joining(", ")),
                    result.getErrors());
        }
        return before;
    }
}
