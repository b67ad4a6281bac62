package menara.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code menara.gateway.*}.
 *
 * @param publicUri how browsers reach the gateway; empty: as the request's Host header says. When it is https, cookies are Secure and HSTS is sent
 * @param clientId the gateway's client in Keycloak
 * @param clientSecret its secret; empty for a public client, which then has PKCE alone
 * @param audiences a bearer token must be meant for at least one of these
 * @param openapiCache how long the joined OpenAPI document is kept
 */
@ConfigurationProperties("menara.gateway")
public record GatewayProperties(
        @DefaultValue("http://127.0.0.1:8081") URI operationsUri,
        @DefaultValue("http://127.0.0.1:8082") URI capacityUri,
        @DefaultValue("http://127.0.0.1:8083") URI billingUri,
        @DefaultValue("http://127.0.0.1:8084") URI investmentUri,
        @Nullable URI publicUri,
        @DefaultValue("menara-gateway") String clientId,
        @DefaultValue("") String clientSecret,

        @DefaultValue({"operations-service", "capacity-service", "billing-service", "investment-service"})
        Set<String> audiences,

        @DefaultValue("60s") Duration openapiCache,
        Limits limits,
        @DefaultValue Timeouts timeouts,
        @DefaultValue Breaker breaker) {

    public URI uriOf(Service service) {
        return switch (service) {
            case OPERATIONS -> operationsUri;
            case CAPACITY -> capacityUri;
            case BILLING -> billingUri;
            case INVESTMENT -> investmentUri;
        };
    }

    /** Whether browsers are known to come over https, although TLS may end in front of the gateway. */
    public boolean https() {
        return publicUri != null && "https".equals(publicUri.getScheme());
    }

    /**
     * @param body largest request body
     * @param usageBody largest body of usage intake
     * @param upload how long a client may take to send one body
     * @param party requests of one organization, or of one subject without an organization
     * @param intake usage intake of one party, counted by itself
     * @param address requests of one client address that nobody signed in for
     * @param parties how many parties and addresses are remembered at once; the least used are forgotten first
     */
    public record Limits(
            @DefaultValue("8MB") DataSize body,
            @DefaultValue("16MB") DataSize usageBody,
            @DefaultValue("60s") Duration upload,
            Rate party,
            Rate intake,
            Rate address,
            @DefaultValue("20000") int parties) {}

    /**
     * @param burst requests that may come at once
     * @param perSecond requests a second that may go on for ever
     */
    public record Rate(int burst, int perSecond) {}

    /**
     * @param connect how long a connection to a service may take, and how long to wait for a free one
     * @param response how long a service may be silent before and within its answer
     * @param identity the same for Keycloak
     * @param connections open connections to one service
     */
    public record Timeouts(
            @DefaultValue("2s") Duration connect,
            @DefaultValue("30s") Duration response,
            @DefaultValue("5s") Duration identity,
            @DefaultValue("200") int connections) {}

    /**
     * @param window calls that are looked at
     * @param failurePercent failed calls among them that open the breaker
     * @param openFor how long it stays open before it lets probes through
     * @param probes calls let through then; they decide
     */
    public record Breaker(
            @DefaultValue("20") int window,
            @DefaultValue("50") int failurePercent,
            @DefaultValue("5s") Duration openFor,
            @DefaultValue("3") int probes) {}
}
