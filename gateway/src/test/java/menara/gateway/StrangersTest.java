package menara.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Many strangers, each within the allowance of its address: all of 127.0.0.0/8 is this machine. */
@TestPropertySource(
        properties = {
            "menara.gateway.limits.address.burst=10",
            "menara.gateway.limits.address.per-second=1",
            "menara.gateway.limits.strangers.burst=60",
            "menara.gateway.limits.strangers.per-second=1"
        })
class StrangersTest extends GatewayTest {

    private static final List<String> DOORS = List.of(
            "/oauth2/authorization/keycloak",
            "/login/oauth2/code/keycloak?code=a&state=b",
            "/",
            "/portal/portal.css",
            "/api/me",
            "/nothing");

    @Test
    void whatever_they_ask_for_together_they_are_told_when_to_come_back_and_who_is_known_is_answered() {
        Browser person = new Browser(port).signIn();
        // Six of each address, so no address has used up its own.
        assertThat(IntStream.range(0, 120)
                        .parallel()
                        .mapToObj(i -> get("127.0.1." + (1 + i % 20), DOORS.get(i % DOORS.size())))
                        .toList())
                .anySatisfy(
                        answer -> assertThat(answer).startsWith("HTTP/1.1 429").contains("\r\nRetry-After: "));
        assertThat(person.get("/api/me").statusCode()).isEqualTo(200);
        assertThat(person.get("/portal/portal.css").statusCode()).isEqualTo(200);
        assertThat(send(with(ISSUER.token("machine", "org-known"), "/api/capacity/x"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(at("/actuator/health/liveness"))).statusCode())
                .isEqualTo(200);
    }

    private String get(String from, String path) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.ofLiteral(from), 0)) {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .formatted(path)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
