package menara.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import menara.platform.security.Role;

/** An issuer of tokens like Keycloak's, on loopback, for tests of one service. */
public final class TestTokens implements AutoCloseable {

    private static final Duration VALIDITY = Duration.ofHours(1);
    private static final Duration USED_AGAIN_FOR = VALIDITY.dividedBy(2);

    /** One for all issuers of a process: to make one takes longer than most tests. */
    private static final RSAKey KEY = made(UUID.randomUUID().toString());

    /** Has the id of ours. */
    private static final class Forgers {
        static final RSAKey KEY = made(TestTokens.KEY.getKeyID());
    }

    private record Signed(String token, Instant usedUntil) {}

    private final HttpServer server;
    private final String audience;

    /** By what they claim, but for their times: tests ask for one with every request, and to sign it takes longer than to answer. */
    private final Map<Map<String, Object>, Signed> signed = new ConcurrentHashMap<>();

    /** @param audience the service under test, {@code capacity-service} */
    public TestTokens(String audience) {
        this.audience = audience;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        server.createContext("/certs", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            try (var out = exchange.getResponseBody()) {
                out.write(keys);
            }
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", jwkSetUri());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String jwkSetUri() {
        return issuer() + "/certs";
    }

    /** An address that only points to where the keys are. */
    public String movedJwkSetUri() {
        return issuer() + "/moved";
    }

    /** A person or service account of no organization. */
    public String token(String name, Role... roles) {
        return usual(claims(name, roles).build());
    }

    /** Somebody of a partner or tenant. */
    public String tokenOf(String organization, String name, Role... roles) {
        return usual(
                claims(name, roles).claim("organization", List.of(organization)).build());
    }

    /** Whoever it is of that partner or tenant. */
    public String memberOf(String organization, Role role) {
        return tokenOf(organization, organization + "-user", role);
    }

    /** Somebody of a party that has nothing here. */
    public String stranger(Role role) {
        return tokenOf("some-party", role.realmName(), role);
    }

    /** A machine of no organization that is granted to report usage for some tenants. */
    public String reportingFor(Collection<String> tenants, String name, Role... roles) {
        return usual(
                claims(name, roles).claim("reports_for", List.copyOf(tenants)).build());
    }

    /** A token that is right but for its signature. */
    public String forged(String name, Role... roles) {
        return sign(Forgers.KEY, claims(name, roles).build());
    }

    /** A token that was right an hour ago. */
    public String expired(String name, Role... roles) {
        return sign(
                KEY,
                claims(name, roles)
                        .expirationTime(Date.from(Instant.now().minus(VALIDITY)))
                        .build());
    }

    /** A token that never ends. */
    public String endless(String name, Role... roles) {
        return sign(KEY, claims(name, roles).expirationTime(null).build());
    }

    /** A token that says in its claim {@code typ} what it is good for, as Keycloak's do: {@code ID}, {@code Refresh}. */
    public String ofKind(String kind, String name, Role... roles) {
        return sign(KEY, claims(name, roles).claim("typ", kind).build());
    }

    /** A token for another service. */
    public String forAudience(String otherAudience, String name, Role... roles) {
        return sign(KEY, claims(name, roles).audience(otherAudience).build());
    }

    /** A token of another issuer, signed with the right key. */
    public String fromIssuer(String otherIssuer, String name, Role... roles) {
        return sign(KEY, claims(name, roles).issuer(otherIssuer).build());
    }

    private JWTClaimsSet.Builder claims(String name, Role... roles) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(audience)
                .subject(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .claim("preferred_username", name)
                .claim(
                        "realm_access",
                        Map.of(
                                "roles",
                                Arrays.stream(roles).map(Role::realmName).toList()))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(VALIDITY)));
    }

    private static RSAKey made(String id) {
        try {
            return new RSAKeyGenerator(2_048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String usual(JWTClaimsSet claims) {
        var now = Instant.now();
        var claimed = new HashMap<>(claims.getClaims());
        claimed.keySet().removeAll(List.of("iat", "exp"));
        return signed.compute(
                        Map.copyOf(claimed),
                        (_, known) -> known != null && now.isBefore(known.usedUntil())
                                ? known
                                : new Signed(sign(KEY, claims), now.plus(USED_AGAIN_FOR)))
                .token();
    }

    private static String sign(RSAKey key, JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
