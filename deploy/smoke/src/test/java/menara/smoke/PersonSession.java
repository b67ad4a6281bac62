package menara.smoke;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person's session at the gateway, begun at Keycloak's page as a browser begins it. */
final class PersonSession {

    private static final String DEMO_PASSWORD = "menara-demo";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 5;
    private static final Pattern FORM = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");

    private final URI gateway;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Also those that are for https only, which browsers keep for 127.0.0.1. */
    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    private PersonSession(URI gateway) {
        this.gateway = gateway;
    }

    static PersonSession of(String account, LocalMenara menara) throws IOException, InterruptedException {
        var session = new PersonSession(URI.create("http://127.0.0.1:" + menara.port("gateway")));
        session.signIn(account);
        return session;
    }

    private void signIn(String account) throws IOException, InterruptedException {
        var page = followed(HttpRequest.newBuilder(gateway.resolve("/oauth2/authorization/keycloak")));
        var action = FORM.matcher(new String(page.body(), StandardCharsets.UTF_8));
        if (!action.find()) {
            throw new IOException("no form on the sign-in page, which was answered " + page.statusCode());
        }
        var form = "username=" + URLEncoder.encode(account, StandardCharsets.UTF_8) + "&password=" + DEMO_PASSWORD;
        var home = followed(HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        if (!home.uri().equals(gateway.resolve("/")) || home.statusCode() != 200) {
            throw new IOException("%s was not signed in: %d at %s".formatted(account, home.statusCode(), home.uri()));
        }
    }

    /** Any page, file or figure of the gateway, as this person gets it. */
    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(gateway.resolve(path)));
    }

    private HttpResponse<byte[]> followed(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = sent(request);
        for (int i = 0; i < MOST_REDIRECTS && answer.statusCode() == 302; i++) {
            var next =
                    answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
            answer = sent(HttpRequest.newBuilder(next));
        }
        return answer;
    }

    private HttpResponse<byte[]> sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        var answer = http.send(request.timeout(LIMIT).build(), BodyHandlers.ofByteArray());
        answer.headers().allValues("Set-Cookie").stream()
                .flatMap(header -> HttpCookie.parse(header).stream())
                .forEach(cookie -> {
                    if (cookie.getMaxAge() == 0) {
                        cookies.remove(cookie.getName());
                    } else {
                        cookies.put(cookie.getName(), cookie.getValue());
                    }
                });
        return answer;
    }
}
