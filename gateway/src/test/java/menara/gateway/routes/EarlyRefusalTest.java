package menara.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import menara.gateway.GatewayProperties;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EarlyRefusalTest {

    /** More than the buffers between two sockets hold. */
    private static final int LARGE_BYTES = 8_000_000;

    /** What the buffers between two sockets hold at least, and those of the client do not. */
    private static final int BEGINNING_BYTES = 50_000;

    /** The body of a client that goes on sending after the service has refused it; before, no socket's buffer may be full. */
    private static InputStream body(CountDownLatch refused) {
        return new SequenceInputStream(
                new ByteArrayInputStream(new byte[BEGINNING_BYTES]),
                new FilterInputStream(new ByteArrayInputStream(new byte[LARGE_BYTES - BEGINNING_BYTES])) {
                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        try {
                            assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
                        } catch (InterruptedException stopped) {
                            throw new IOException(stopped);
                        }
                        return super.read(bytes, offset, length);
                    }
                });
    }

    @Test
    void a_service_that_refuses_a_body_without_reading_it_is_heard() throws Exception {
        GatewayProperties properties = new Binder(
                        new MapConfigurationPropertySource(Map.of("menara.gateway.timeouts.response", "3s")))
                .bindOrCreate("menara.gateway", GatewayProperties.class);
        CountDownLatch refused = new CountDownLatch(1);
        CountDownLatch heard = new CountDownLatch(1);
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var sendLimit = new SendLimit(properties.timeouts().send());
                var client = new OutgoingConnections().outgoing(properties, sendLimit)) {
            Thread refusing = Thread.ofVirtual().start(() -> refuse(service, refused, heard));
            HttpPost post = new HttpPost("http://127.0.0.1:" + service.getLocalPort() + "/x");
            post.setEntity(new InputStreamEntity(body(refused), LARGE_BYTES, ContentType.APPLICATION_JSON));
            String answer = client.execute(
                    post, response -> response.getCode() + " " + EntityUtils.toString(response.getEntity()));
            heard.countDown();
            refusing.join();
            assertThat(answer).isEqualTo("413 why");
        }
    }

    private static void refuse(ServerSocket service, CountDownLatch refused, CountDownLatch heard) {
        try (Socket socket = service.accept()) {
            byte[] beginning = new byte[1];
            assertThat(socket.getInputStream().read(beginning)).isEqualTo(1);
            socket.getOutputStream()
                    .write("HTTP/1.1 413 \r\nContent-Length: 3\r\nConnection: close\r\n\r\nwhy"
                            .getBytes(StandardCharsets.US_ASCII));
            refused.countDown();
            heard.await();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
