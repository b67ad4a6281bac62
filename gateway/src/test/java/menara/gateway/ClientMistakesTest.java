package menara.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Nothing that a client writes is an error of ours, and none of it fills the log. */
@ExtendWith(OutputCaptureExtension.class)
class ClientMistakesTest extends GatewayTest {

    private static final List<String> PATHS =
            List.of("/api/capacity/racks", "/api/me", "/api/openapi", "/api/nothing", "/");
    private static final int LONGEST_LOG = 2_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: multipart/form-data",
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Type: a",
                "Content-Type: */*",
                "Content-Type: application/*+json",
                "Content-Type: a/b/c",
                "Content-Type: application/json; charset=nonsense",
                "Content-Type: application/json; charset=\"",
                "Accept: x",
                "Accept: */json",
                "Accept: text/html;q=x",
                "Accept: application/json;q=7",
                "Accept-Language: a, b, c, d, e, f, g, h, i, j, k",
                "Accept-Language: en-US,en;q=0.9,de;q=0.8,fr;q=0.7,ko;q=0.6,ja;q=0.5,es;q=0.4,it;q=0.3,nl;q=0.2,sv;q=0.1,ar;q=0.1",
                "Accept-Language: !!!;q=zz",
                "Accept-Charset: x;q=y",
                "Accept-Encoding: ,;,",
                "Content-Length: 99999999999999999999",
                "Content-Length: -1",
                "If-Modified-Since: yesterday",
                "If-None-Match: \"",
                "Range: bytes=a-b",
                "If-Range: x",
                "If-Range: W/\"x\"\r\nRange: bytes=0-1",
                "If-Range: Wed, 21 Oct 2026 07:28:00 GMT\r\nRange: bytes=0-1",
                "TE: chunked",
                "TE: trailers, x;q=z",
                "Expect: the unexpected",
                "Origin: not a uri",
                "Host: a b",
                "Cookie: =;;=",
                "X-Odd: \u0096",
                "Authorization: Bearer",
                "Authorization: Bearer a b c",
                "Authorization: Basic x",
                "Connection: upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: x",
                "Transfer-Encoding: gzip"
            })
    void no_header_is_an_error_of_ours(String header, CapturedOutput output) throws IOException {
        for (String path : PATHS) {
            for (String method : List.of("GET", "HEAD", "POST", "OPTIONS")) {
                answered(method, path, header);
            }
        }
        assertThat(output.getOut().length()).isLessThan(PATHS.size() * LONGEST_LOG);
        assertThat(output.getOut()).doesNotContain("unexpectedly", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant=%zz",
                "%C2%96=1",
                "tenant=%00",
                "tenant=%C3",
                "tenant=%",
                "%zz",
                "a=%ED%A0%80",
                "%F0%9F%A0%9F%EF%BF%BE=1",
                "=&=&&&=",
                "a[]=1&a[b]=2",
                "a=b=c=d",
                "?????",
                "error=access_denied&error=x"
            })
    void no_query_is_an_error_of_ours(String query, CapturedOutput output) throws IOException {
        List<String> paths = new ArrayList<>(PATHS);
        paths.addAll(List.of("/oauth2/authorization/keycloak", "/login/oauth2/code/keycloak", "/logout"));
        for (String path : paths) {
            answered("GET", path + "?" + query, "X-Plain: x");
            answered("POST", path + "?" + query, "X-Plain: x");
        }
        answered("GET", "/api/capacity/racks?" + "&a".repeat(3000), "X-Plain: x");
        assertThat(output.getOut()).doesNotContain("unexpectedly", "\tat ");
    }

    @Test
    void signing_in_elsewhere_is_refused(CapturedOutput output) throws IOException {
        for (String path :
                List.of("/oauth2/authorization/other", "/oauth2/authorization/", "/login/oauth2/code/other")) {
            assertThat(RawHttp.exchange(port, "GET " + path + " HTTP/1.1", "Host: x", "Connection: close"))
                    .matches("(?s)HTTP/1.1 (302|4..) .*");
        }
        assertThat(output.getOut()).doesNotContain("\tat ");
    }

    @Test
    void head_is_answered_where_get_is() throws IOException {
        String token = "Authorization: Bearer " + ISSUER.token("machine", "org-head");
        for (String path : List.of("/", "/portal/portal.js", "/api/me", "/api/openapi", "/api/capacity/racks")) {
            String get = RawHttp.exchange(port, "GET " + path + " HTTP/1.1", "Host: x", token, "Connection: close");
            String head = RawHttp.exchange(port, "HEAD " + path + " HTTP/1.1", "Host: x", token, "Connection: close");
            assertThat(headers(head)).as(path).startsWith("HTTP/1.1 200").isEqualTo(headers(get));
            assertThat(head).as(path).endsWith("\r\n\r\n");
        }
        for (String path : List.of("/", "/portal/portal.js")) {
            assertThat(RawHttp.exchange(port, "HEAD " + path + " HTTP/1.1", "Host: x", "Connection: close"))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("\r\n\r\n");
        }
    }

    /** But for what is new in each answer, and what tells how a body is sent that is not. */
    private static String headers(String answer) {
        return answer.substring(0, answer.indexOf("\r\n\r\n"))
                .lines()
                .filter(line -> !line.matches("(?i)(Date|X-Correlation-Id|Transfer-Encoding|Set-Cookie):.*"))
                .collect(Collectors.joining("\n"));
    }

    /** With a token and without one, with a small body where a body may be. */
    private void answered(String method, String path, String header) throws IOException {
        String token = "Authorization: Bearer "
                + ISSUER.token("machine", UUID.randomUUID().toString());
        for (String who : header.startsWith("Authorization") ? List.of("X-Nobody: x") : List.of("X-Nobody: x", token)) {
            boolean body = List.of("POST", "OPTIONS").contains(method)
                    && !header.startsWith("Content-Length")
                    && !header.startsWith("Transfer");
            String request = method + " " + path + " HTTP/1.1\r\n" + (header.startsWith("Host") ? "" : "Host: x\r\n")
                    + who + "\r\n" + header + "\r\nConnection: close\r\n"
                    + (body ? "Content-Length: 2\r\n\r\n{}" : "\r\n");
            String answer = RawHttp.exchange(port, request);
            assertThat(answer).as(request).matches("(?s)HTTP/1.1 ([234]..|501) .*");
            assertThat(answer.length()).isLessThan(10_000);
        }
    }
}
