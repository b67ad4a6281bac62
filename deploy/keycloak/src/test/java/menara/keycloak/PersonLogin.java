package menara.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a browser and the gateway do between them: authorization code with PKCE, name and password on one page. */
final class PersonLogin {

    private static final Pattern FORM = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");
    private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123456789";

    private final KeycloakProcess keycloak;
    private final String redirectUri;
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new LoopbackCookies()).build();

    PersonLogin(KeycloakProcess keycloak, String redirectUri) {
        this.keycloak = keycloak;
        this.redirectUri = redirectUri;
    }

    /** The token endpoint's answer for a person who types the right password. */
    JsonNode tokens(String username) throws Exception {
        HttpResponse<String> answer = passwordTyped(username, Realm.DEMO_PASSWORD);
        assertThat(answer.statusCode())
                .as("login of %s: %s", username, answer.body())
                .isEqualTo(302);
        URI redirect = URI.create(answer.headers().firstValue("Location").orElseThrow());
        assertThat(redirect.toString()).startsWith(redirectUri + "?");
        HttpResponse<String> tokens = token(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                query(redirect).get("code"),
                "redirect_uri",
                redirectUri,
                "code_verifier",
                VERIFIER));
        assertThat(tokens.statusCode()).as(tokens.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(tokens.body());
    }

    HttpResponse<String> passwordTyped(String username, String password) throws Exception {
        return submit(page(Map.of()), Map.of("username", username, "password", password));
    }

    /** The sign-in page, asked for with parameters of one's own. */
    HttpResponse<String> page(Map<String, String> more) throws Exception {
        Map<String, String> parameters = new TreeMap<>(more);
        parameters.put("code_challenge_method", "S256");
        HttpResponse<String> page = authorize(redirectUri, parameters);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return page;
    }

    HttpResponse<String> authorize(String redirect, Map<String, String> more) throws Exception {
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "response_type", "code",
                "client_id", "menara-gateway",
                "scope", "openid",
                "state", "a-state",
                "redirect_uri", redirect));
        if (!more.isEmpty()) {
            parameters.put("code_challenge", challenge);
            parameters.putAll(more);
        }
        String query = form(parameters);
        return browser.send(
                HttpRequest.newBuilder(URI.create(keycloak.issuer() + "/protocol/openid-connect/auth?" + query))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> token(Map<String, String> parameters) throws IOException, InterruptedException {
        String basic = "menara-gateway:" + keycloak.clientSecret("menara-gateway");
        return browser.send(
                HttpRequest.newBuilder(URI.create(keycloak.instance().tokenUri()))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.US_ASCII)))
                        .POST(BodyPublishers.ofString(form(parameters)))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> fields)
            throws IOException, InterruptedException {
        Matcher action = FORM.matcher(page.body());
        assertThat(action.find()).as("a form on %s", page.body()).isTrue();
        return browser.send(
                HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form(fields)))
                        .build(),
                BodyHandlers.ofString());
    }

    private static Map<String, String> query(URI uri) {
        return Pattern.compile("&")
                .splitAsStream(uri.getRawQuery())
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Keeps Secure cookies although 127.0.0.1 has no TLS, as browsers do; the JDK's own manager does not. */
    private static final class LoopbackCookies extends CookieHandler {

        private final Map<String, String> cookies = new TreeMap<>();

        @Override
        public synchronized Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
            return Map.of(
                    "Cookie",
                    List.of(cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; "))));
        }

        @Override
        public synchronized void put(URI uri, Map<String, List<String>> headers) {
            headers.getOrDefault("Set-Cookie", headers.getOrDefault("set-cookie", List.of())).stream()
                    .flatMap(header -> HttpCookie.parse(header).stream())
                    .forEach(cookie -> cookies.put(cookie.getName(), cookie.getValue()));
        }
    }
}
