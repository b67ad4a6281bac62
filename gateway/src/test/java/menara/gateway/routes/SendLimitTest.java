package menara.gateway.routes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Map;
import menara.gateway.GatewayProperties;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SendLimitTest {

    /** More than the buffers between two sockets hold. */
    private static final int LARGE_BYTES = 16_000_000;

    /** A write that nobody ends does not end by an interruption either. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_service_that_takes_a_connection_and_never_reads_is_given_up() throws Exception {
        var properties = new Binder(new MapConfigurationPropertySource(
                        Map.of("menara.gateway.timeouts.send", "1s", "menara.gateway.timeouts.response", "60s")))
                .bindOrCreate("menara.gateway", GatewayProperties.class);
        // Connections are taken by the system; nobody asks for them.
        try (var service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var sendLimit = new SendLimit(properties.timeouts().send());
                var client = new OutgoingConnections().outgoing(properties, sendLimit)) {
            var post = new HttpPost("http://127.0.0.1:" + service.getLocalPort() + "/x");
            post.setEntity(new ByteArrayEntity(new byte[LARGE_BYTES], ContentType.APPLICATION_JSON));

            assertThatThrownBy(() -> client.execute(post, response -> response.getCode()))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("PT1S");
        }
    }
}
