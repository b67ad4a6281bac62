package menara.gateway.routes;

import menara.gateway.GatewayProperties;
import menara.gateway.limits.RequestBody;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** One pool of connections to the services. It passes on what it is given: it follows, repeats, unpacks and remembers nothing. */
@Configuration(proxyBeanMethods = false)
class OutgoingConnections {

    /** Shorter than the services' own keep-alive (20 s), so that a request never goes out on a connection being closed. */
    private static final TimeValue KEPT_ALIVE = TimeValue.ofSeconds(15);
    /** A connection idle for longer is tried before a request is trusted to it. */
    private static final TimeValue TRIED_AFTER = TimeValue.ofSeconds(1);

    private static final int SERVICES = 4;

    @Bean
    CloseableHttpClient outgoing(GatewayProperties properties) {
        GatewayProperties.Timeouts limits = properties.timeouts();
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(limits.connections())
                .setMaxConnTotal(SERVICES * limits.connections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(limits.connect()))
                        .setSocketTimeout(Timeout.of(limits.response()))
                        .setValidateAfterInactivity(TRIED_AFTER)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(limits.connect()))
                        .setResponseTimeout(Timeout.of(limits.response()))
                        .setDefaultKeepAlive(KEPT_ALIVE.getDuration(), KEPT_ALIVE.getTimeUnit())
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableDefaultUserAgent()
                .build();
    }

    /** Spring Cloud Gateway sends by this one. */
    @Bean
    ClientHttpRequestFactory toServices(CloseableHttpClient outgoing) {
        return new AllOrNothing(outgoing);
    }

    /**
     * Tears the connection down when the client's body does not come whole. By itself the HTTP client closes a chunked body in good order
     * on the way out of any failure, and the service would take the beginning of a request for all of it.
     */
    private static final class AllOrNothing extends HttpComponentsClientHttpRequestFactory {

        AllOrNothing(CloseableHttpClient outgoing) {
            super(outgoing);
        }

        @Override
        protected void postProcessHttpRequest(ClassicHttpRequest request) {
            if (request instanceof HttpUriRequestBase cancellable
                    && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current) {
                RequestBody.whenBroken(current.getRequest(), cancellable::abort);
            }
        }
    }
}
