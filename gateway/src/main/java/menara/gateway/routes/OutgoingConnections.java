package menara.gateway.routes;

import menara.gateway.GatewayProperties;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/** One pool of connections to the services. It passes messages on unchanged: no redirects, retries, decompression or cookies. */
@Configuration(proxyBeanMethods = false)
class OutgoingConnections {

    /** Shorter than the services' own keep-alive (20 s), so that a request never goes out on a connection being closed. */
    private static final TimeValue KEPT_ALIVE = TimeValue.ofSeconds(15);
    /** A connection idle for longer is tested before it is used. */
    private static final TimeValue TRIED_AFTER = TimeValue.ofSeconds(1);

    private static final int SERVICES = 4;

    /** How often to check for an early refusal while a body is sent; each check costs up to a millisecond. */
    private static final long LOOKS_EVERY_BYTES = 128 * 1024;

    @Bean
    SendLimit sendLimit(GatewayProperties properties) {
        return new SendLimit(properties.timeouts().send());
    }

    @Bean
    CloseableHttpClient outgoing(GatewayProperties properties, SendLimit sendLimit) {
        GatewayProperties.Timeouts limits = properties.timeouts();
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(limits.connections())
                .setMaxConnTotal(SERVICES * limits.connections())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .responseOutOfOrderStrategy(
                                new MonitoringResponseOutOfOrderStrategy(LOOKS_EVERY_BYTES, Long.MAX_VALUE))
                        .build())
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
                .addExecInterceptorLast("send-limit", sendLimit)
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
        return new HttpComponentsClientHttpRequestFactory(outgoing);
    }
}
