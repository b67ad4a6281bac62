package menara.platform.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * HTTP to a system of somebody else, which may hang, send a byte now and then, or send without end. The whole answer is there within a time,
 * headers and body, and no longer than expected; another address than the one that was asked for is not followed.
 */
public final class PartnerHttp {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final RestClient client;
    private final int maxBytes;

    /**
     * @param limit from sending the request to the last byte of the answer
     * @param maxBytes longest answer
     */
    public PartnerHttp(Duration limit, int maxBytes) {
        var factory = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(CONNECT_LIMIT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
        factory.setReadTimeout(limit);
        this.client = RestClient.builder().requestFactory(factory).build();
        this.maxBytes = maxBytes;
    }

    /**
     * The body of a successful answer.
     *
     * @throws IOException if there is none in time, another status, or a longer one
     */
    public byte[] get(URI address, Map<String, String> headers) throws IOException {
        return answered(client.method(HttpMethod.GET).uri(address), headers);
    }

    /** The same for what is sent with a body. */
    public byte[] post(URI address, Map<String, String> headers, byte[] body) throws IOException {
        return answered(client.method(HttpMethod.POST).uri(address).body(body), headers);
    }

    private byte[] answered(RestClient.RequestHeadersSpec<?> request, Map<String, String> headers) throws IOException {
        try {
            return request.headers(sent -> headers.forEach(sent::set)).exchange((_, answer) -> body(answer));
        } catch (ResourceAccessException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
        }
    }

    private byte[] body(ClientHttpResponse answer) throws IOException {
        if (!answer.getStatusCode().is2xxSuccessful()) {
            throw new IOException("the answer is " + answer.getStatusCode().value());
        }
        byte[] body = answer.getBody().readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            throw new IOException("the answer is longer than %,d bytes".formatted(maxBytes));
        }
        return body;
    }
}
