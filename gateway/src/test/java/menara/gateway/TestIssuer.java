package menara.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** As much of Keycloak as the gateway talks to: keys, authorization code with PKCE, refresh tokens good for one use, logout. */
final class TestIssuer {

    private static final String REALM = "/realms/menara";
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final HttpServer server;
    private final RSAKey key = newKey("current");
    private final Map<String, MultiValueMap<String, String>> codes = new ConcurrentHashMap<>();
    private final Map<String, Instant> refreshTokens = new ConcurrentHashMap<>();

    final List<String> loggedOut = new CopyOnWriteArrayList<>();
    final List<String> refreshed = new CopyOnWriteArrayList<>();
    volatile Duration accessTokenLifetime = LIFETIME;
    volatile boolean away;
    volatile boolean moved;
    final List<String> askedElsewhere = new CopyOnWriteArrayList<>();
    volatile String personsOrganization = "naver-cloud";

    TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        on("certs", exchange -> json(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
        on("moved-certs", exchange -> redirect(exchange, 302, issuer() + "/protocol/openid-connect/certs"));
        on("auth", this::authorize);
        on("token", this::token);
        on("elsewhere", exchange -> {
            askedElsewhere.add(String.valueOf(form(exchange)));
            json(exchange, 200, tokens(null));
        });
        on("logout", exchange -> {
            loggedOut.add(String.valueOf(form(exchange).getFirst("refresh_token")));
            exchange.sendResponseHeaders(204, -1);
        });
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + REALM;
    }

    String token(String subject, String organization, String... roles) {
        return token(claims -> claims.subject(subject)
                .claim("preferred_username", subject)
                .claim("organization", List.of(organization))
                .claim("realm_access", Map.of("roles", List.of(roles))));
    }

    /** A good access token, changed. */
    String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(key, change);
    }

    String signed(RSAKey by, UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(by, null, change);
    }

    /** A good access token that calls itself something else in its header. */
    String ofType(String type) {
        return signed(key, new JOSEObjectType(type), claims -> claims);
    }

    private String signed(RSAKey by, @Nullable JOSEObjectType type, UnaryOperator<JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        JWTClaimsSet claims = change.apply(new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .subject("somebody")
                        .audience(List.of("capacity-service", "billing-service"))
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFETIME))))
                .build();
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(by.getKeyID())
                            .type(type)
                            .build(),
                    claims);
            jwt.sign(new RSASSASigner(by));
            return jwt.serialize();
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** As if an administrator had ended everybody's session. */
    void forgetRefreshTokens() {
        refreshTokens.clear();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        MultiValueMap<String, String> asked =
                UriComponentsBuilder.fromUri(exchange.getRequestURI()).build().getQueryParams();
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        String state = decoded(asked, "state");
        redirect(
                exchange,
                302,
                decoded(asked, "redirect_uri") + "?code=" + code + "&state="
                        + URLEncoder.encode(state, StandardCharsets.UTF_8));
    }

    private void token(HttpExchange exchange) throws IOException {
        MultiValueMap<String, String> form = form(exchange);
        if (moved) {
            redirect(exchange, 307, issuer() + "/protocol/openid-connect/elsewhere");
            return;
        }
        if (away) {
            json(exchange, 503, "{}");
            return;
        }
        if ("refresh_token".equals(form.getFirst("grant_type"))) {
            String used = String.valueOf(form.getFirst("refresh_token"));
            refreshed.add(used);
            if (refreshTokens.remove(used) == null) {
                json(exchange, 400, "{\"error\":\"invalid_grant\"}");
            } else {
                json(exchange, 200, tokens(null));
            }
            return;
        }
        MultiValueMap<String, String> asked = codes.remove(String.valueOf(form.getFirst("code")));
        if (asked != null
                && decoded(asked, "code_challenge").equals(challenge(String.valueOf(form.getFirst("code_verifier"))))) {
            json(exchange, 200, tokens(decoded(asked, "nonce")));
        } else {
            json(exchange, 400, "{\"error\":\"invalid_grant\"}");
        }
    }

    private String tokens(@Nullable String nonce) {
        String refresh = UUID.randomUUID().toString();
        refreshTokens.put(refresh, Instant.now());
        String access = token(claims -> claims.subject("person-1")
                .expirationTime(Date.from(Instant.now().plus(LIFETIME)))
                .claim("preferred_username", "finance")
                .claim("organization", Map.of(personsOrganization, Map.of()))
                .claim("realm_access", Map.of("roles", List.of("finance", "offline_access"))));
        String id = token(claims -> claims.subject("person-1")
                .audience("menara-gateway")
                .claim("azp", "menara-gateway")
                .claim("name", "Fatima Finance")
                .claim("nonce", nonce));
        return """
                {"access_token":"%s","id_token":"%s","refresh_token":"%s","expires_in":%d,"token_type":"Bearer","scope":"openid profile"}""".formatted(access, id, refresh, accessTokenLifetime.toSeconds());
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String decoded(MultiValueMap<String, String> query, String name) {
        return java.net.URLDecoder.decode(String.valueOf(query.getFirst(name)), StandardCharsets.UTF_8);
    }

    private static MultiValueMap<String, String> form(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return UriComponentsBuilder.fromUri(URI.create("http://x/?" + body))
                .build()
                .getQueryParams();
    }

    private interface Handling {
        void handle(HttpExchange exchange) throws IOException;
    }

    private void on(String endpoint, Handling handling) {
        server.createContext(REALM + "/protocol/openid-connect/" + endpoint, exchange -> {
            try (exchange) {
                handling.handle(exchange);
            }
        });
    }

    private static void redirect(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        exchange.sendResponseHeaders(status, -1);
    }

    private static void json(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
