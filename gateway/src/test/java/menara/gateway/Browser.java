package menara.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Cookies and redirects as a browser treats them; it keeps everything the gateway let it see. */
final class Browser {

    private static final int MOST_REDIRECTS = 10;

    private final int port;
    private final LoopbackCookies cookies = new LoopbackCookies();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .build();

    /** Headers and bodies of all the gateway's answers. */
    final List<String> seen = new CopyOnWriteArrayList<>();

    final List<String> setCookies = new CopyOnWriteArrayList<>();

    /** @param port of the gateway */
    Browser(int port) {
        this.port = port;
    }

    /** Presses "Sign in". Returns where the gateway sends the browser. */
    URI start() {
        return location(get("/oauth2/authorization/keycloak"));
    }

    /** Signs in at {@link TestIssuer}, which asks nothing. */
    Browser signIn() {
        URI next = start();
        for (int i = 0; i < MOST_REDIRECTS && !next.getPath().equals("/"); i++) {
            next = next.resolve(location(send(HttpRequest.newBuilder(next))));
        }
        get("/");
        return this;
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    HttpRequest.Builder withCsrf(String path) {
        return to(path).header("X-XSRF-TOKEN", cookie("XSRF-TOKEN"));
    }

    HttpResponse<String> get(String path) {
        return send(to(path));
    }

    HttpResponse<String> logout() {
        return send(withCsrf("/logout").POST(BodyPublishers.noBody()));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        HttpResponse<String> answer = GatewayTest.send(client, request);
        if (answer.uri().getPort() == port) {
            seen.add(answer.headers().map() + answer.body());
            setCookies.addAll(answer.headers().allValues("Set-Cookie"));
        }
        return answer;
    }

    /** Empty if there is none. */
    String cookie(String name) {
        return cookies.all().getOrDefault(name, "");
    }

    Set<String> cookies() {
        return cookies.all().keySet();
    }

    static URI location(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Location")
                .map(URI::create)
                .orElseThrow(() -> new AssertionError("no redirect: " + answer.statusCode() + " " + answer.body()));
    }
}
