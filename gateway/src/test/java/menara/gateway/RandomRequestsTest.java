package menara.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests put together at random: whatever a client sends, it is told what is wrong with it, and no fault of ours is logged. */
@ExtendWith(OutputCaptureExtension.class)
class RandomRequestsTest extends GatewayTest {

    private static final int REQUESTS = Integer.getInteger("menara.gateway.random-requests", 200);

    private static final List<String> METHODS = List.of(
            "GET", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X!");

    private static final List<String> PATHS = List.of(
            "/",
            "/index.html",
            "/portal/portal.js",
            "/portal/",
            "/api/me",
            "/api/openapi",
            "/api",
            "/api/capacity/racks",
            "/api/capacity/site",
            "/api/billing/usage",
            "/api/billing/projections/accrued",
            "/api/operations/incidents",
            "/api/nothing",
            "/oauth2/authorization/keycloak",
            "/oauth2/authorization/x",
            "/oauth2/authorization/",
            "/oauth2/authorization/keycloak/x",
            "/login/oauth2/code/keycloak",
            "/login/oauth2/code/x",
            "/login",
            "/logout",
            "/error",
            "/actuator/health",
            "/actuator/env",
            "/favicon.ico",
            "*",
            "http://other.example/api/me");

    private static final List<String> PIECES = List.of(
            "%",
            "%zz",
            "%00",
            "%2F",
            "%2e%2e",
            "%C3%A9",
            "%C3",
            "%ED%A0%80",
            "%F0%9F%98%80",
            "%25",
            "%0d%0a",
            "..",
            ".",
            "//",
            ";a=b",
            "\\",
            "é",
            "a",
            "0",
            "{}",
            "<>",
            "\"",
            "'",
            "|",
            "^",
            "~",
            "+",
            "&",
            "=",
            "?",
            ":",
            "@",
            "[",
            "]");

    private static final List<String> MEDIA_TYPES = List.of(
            "application/json",
            "application/cloudevents+json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/mixed",
            "text/html",
            "text/csv",
            "*/*",
            "*",
            "a/b;q=2",
            "application/json;charset=nonsense",
            "application/json;;;",
            "application/*+json",
            ",",
            "");

    private static final List<String> VALUES = List.of(
            "",
            "x",
            "0",
            "-1",
            "99999999999999999999",
            "bytes=0-1",
            "bytes=5-",
            "bytes=-0",
            "bytes=9-1,2-3",
            "yesterday",
            "Wed, 21 Oct 2026 07:28:00 GMT",
            "\"",
            "W/\"x\"",
            "*",
            "gzip;q=9",
            "close, keep-alive",
            "websocket",
            "null",
            "https://evil.example",
            "a=b; a=c; =",
            "MENARA_SESSION=x",
            "Bearer",
            "Bearer x",
            "Bearer a b",
            "Basic eDp4",
            "en;q=x, *",
            "100-continue",
            "\u00e9\u00ff",
            "${jndi:x}",
            "%s%n");

    private static final List<String> HEADERS = List.of(
            "Range",
            "If-Range",
            "If-Match",
            "If-None-Match",
            "If-Modified-Since",
            "If-Unmodified-Since",
            "Accept-Encoding",
            "Accept-Language",
            "Accept-Charset",
            "Origin",
            "Referer",
            "Cookie",
            "Authorization",
            "Upgrade",
            "TE",
            "Trailer",
            "Via",
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Proto",
            "X-Forwarded-Prefix",
            "X-Correlation-Id",
            "X-XSRF-TOKEN",
            "X-HTTP-Method-Override",
            "Idempotency-Key",
            "Access-Control-Request-Method",
            "Access-Control-Request-Headers",
            "Sec-Fetch-Site",
            "Content-Encoding",
            "Max-Forwards");

    @Test
    void no_request_of_a_client_is_a_fault_of_ours(CapturedOutput output) throws IOException {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("RandomRequestsTest: -Dmenara.seed=" + seed);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < REQUESTS; i++) {
            String request = request(random);
            String answer = RawHttp.exchange(port, request);
            assertThat(answer)
                    .as("seed %d, request %d:%n%s", seed, i, request)
                    .startsWith("HTTP/1.1 ")
                    .doesNotContainPattern("(?m)^HTTP/1.1 5(?!01)");
        }
        assertThat(output.getOut()).as("seed %d", seed).doesNotContain("unexpectedly", "\tat ");
    }

    private String request(SplittableRandom random) {
        var path = new StringBuilder(one(random, PATHS));
        pieces(random, path, random.nextInt(4) == 0 ? 3 : 0);
        if (random.nextBoolean()) {
            path.append('?');
            pieces(random, path, 8);
        }
        var method = one(random, METHODS);
        List<String> lines =
                new ArrayList<>(List.of(method + " " + path + " HTTP/1.1", "Host: x", "Connection: close"));
        if (random.nextBoolean()) {
            lines.add("Authorization: Bearer "
                    + ISSUER.token("machine", UUID.randomUUID().toString()));
        }
        for (String header : List.of("Accept", "Content-Type")) {
            for (int repeated = random.nextInt(3); repeated > 0; repeated--) {
                lines.add(header + ": " + one(random, MEDIA_TYPES));
            }
        }
        for (int more = random.nextInt(6); more > 0; more--) {
            lines.add(one(random, HEADERS) + ": " + one(random, VALUES));
        }
        String body = "";
        if (!List.of("GET", "HEAD", "TRACE").contains(method) && random.nextBoolean()) {
            body = one(random, List.of("{}", "[", "a=b&c=%zz", "\0", "--x\r\n\r\n--x--"));
            if (random.nextInt(4) == 0) {
                lines.add("Transfer-Encoding: chunked");
                body = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
            } else {
                lines.add("Content-Length: " + body.length());
            }
        }
        return String.join("\r\n", lines) + "\r\n\r\n" + body;
    }

    private static void pieces(SplittableRandom random, StringBuilder into, int most) {
        for (int i = most == 0 ? 0 : random.nextInt(most); i > 0; i--) {
            into.append(one(random, PIECES));
        }
    }

    private static String one(SplittableRandom random, List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
