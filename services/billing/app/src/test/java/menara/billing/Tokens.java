package menara.billing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import menara.platform.security.Role;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** An issuer of tokens for tests, with its keys on a port of this machine. */
final class Tokens {

    static final String AUDIENCE = "billing-service";

    private static final Duration LIFE = Duration.ofHours(1);
    private static final RSAKey KEY = key();
    private static final JwtEncoder ENCODER = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(KEY)));
    private static final HttpServer SERVER = serveKeys();

    private Tokens() {}

    static String issuer() {
        return "http://127.0.0.1:" + SERVER.getAddress().getPort();
    }

    static String jwkSetUri() {
        return issuer() + "/keys";
    }

    static String of(String organization, String audience, Role... roles) {
        var names = Stream.of(roles).map(Role::realmName).toList();
        var claims = JwtClaimsSet.builder()
                .issuer(issuer())
                .subject("subject-of-" + String.join("-", names) + organization)
                .audience(List.of(audience))
                .expiresAt(Instant.now().plus(LIFE))
                .claim("realm_access", Map.of("roles", names))
                .claim("organization", organization.isEmpty() ? List.of() : List.of(organization))
                .build();
        return ENCODER.encode(JwtEncoderParameters.from(claims)).getTokenValue();
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2_048).keyID("test").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform makes RSA keys", e);
        }
    }

    private static HttpServer serveKeys() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            server.createContext("/keys", exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the test keys", e);
        }
    }
}
