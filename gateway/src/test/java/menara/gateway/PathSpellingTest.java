package menara.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits, routing and authorization read one path: what could be spelled otherwise comes to none of them. */
class PathSpellingTest extends GatewayTest {

    private static final int SPELLINGS = 200;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%61pi/me",
                "/%41pi/me",
                "/api/%6de",
                "/api/billing/usag%65",
                "/api/capacity%2dx",
                "/api/capacity/a%7eb",
                "/%6fauth2/authorization/keycloak",
                "/oauth2/authorization/%6beycloak",
                "/login/%6fauth2/code/keycloak?code=a&state=b",
                "/%61ctuator/prometheus",
                "/api/capacity/%2E/x",
                "/api/./me",
                "/api/x/../me",
                "//api/me",
                "/api/me;x",
                "/api/me%3bx",
                "/api/capacity/%25%36%31",
                "/api/capacity/%c3%28",
                "/api/capacity/%zz",
                "/api/capacity/%",
                "/api/capacity/%c2%96",
                "/api/me\\x"
            })
    void a_second_spelling_of_a_path_is_refused_whoever_asks(String path) throws IOException {
        assertThat(get(path, "")).startsWith("HTTP/1.1 400").contains("urn:menara:problem:");
        String token = "Authorization: Bearer " + ISSUER.token("machine", "org-spelling");
        assertThat(get(path, token)).startsWith("HTTP/1.1 400").contains("urn:menara:problem:");
        CAPACITY.verify(0, anyRequestedFor(anyUrl()));
        BILLING.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void what_has_to_be_encoded_passes_as_it_is() throws IOException {
        String token = "Authorization: Bearer " + ISSUER.token("machine", "org-encoded");
        for (String path : new String[] {
            "/api/capacity/racks/a%20b",
            "/api/capacity/racks/%C3%A9",
            "/api/capacity/racks/a:b@c+d",
            "/api/capacity/x.y~z_-"
        }) {
            assertThat(get(path, token)).startsWith("HTTP/1.1 200");
            CAPACITY.verify(1, getRequestedFor(urlEqualTo(path)));
        }
    }

    @Test
    void no_spelling_of_a_path_gets_around_an_allowance() throws IOException {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("PathSpellingTest: -Dmenara.seed=" + seed);
        Random random = new Random(seed);
        String token = "Authorization: Bearer " + ISSUER.token("machine", "org-spelled-" + seed);
        int answered = 0;
        for (int i = 0; i < SPELLINGS; i++) {
            answered += get(spelled("/api/capacity/racks", random), token).startsWith("HTTP/1.1 200") ? 1 : 0;
        }
        // 20 at once and one a second; the spellings take less than a minute.
        assertThat(answered).isLessThan(80);
        assertThat(CAPACITY.getAllServeEvents()).hasSize(answered);
    }

    private static String spelled(String path, Random random) {
        StringBuilder spelled = new StringBuilder();
        path.chars().forEach(letter -> {
            boolean encode = letter != '/' && random.nextInt(4) == 0;
            spelled.append(encode ? "%%%02x".formatted(letter) : Character.toString(letter));
        });
        return spelled.toString();
    }

    private String get(String path, String header) throws IOException {
        return RawHttp.exchange(
                port,
                "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + (header.isEmpty() ? "" : header + "\r\n") + "\r\n");
    }
}
