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
 * @param publicUri address at which browsers reach the gateway; if empty, the address their connections arrive at. When it is https,
 * cookies are Secure and HSTS is sent
 * @param clientId the gateway's client in Keycloak
 * @param clientSecret its secret; empty for a public client, which then has PKCE alone
 * @param audiences audiences of which a bearer token must have at least one
 * @param openapiCache how long the joined OpenAPI document is cached
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
     * @param body largest request body of a route; {@code BodySizes} names routes with a larger one
     * @param usageBody largest body of usage intake
     * @param bodies memory of all incoming bodies together
     * @param partyBodies memory of the incoming bodies of one party
     * @param upload how long a client may take to send one body
     * @param party requests of one organization, or of one subject without an organization
     * @param intake usage intake of one party, counted by itself
     * @param address requests of one client address without a signed-in caller
     * @param strangers such requests of all addresses together
     * @param parties most parties and addresses remembered; the least used are dropped first
     * @param inFlight most concurrent requests of one party
     * @param heavy most concurrent heavy queries among them
     * @param heavyWait how long a heavy query waits for its turn
     * @param sessions most sessions; the longest idle one ends for a new one
     * @param sessionsOfOne most sessions of one person; the oldest ends for a new one
     * @param session how long a session lasts at most, however busy it is
     * @param header how long a client may take to send the lines of a request
     */
    public record Limits(
            @DefaultValue("64KB") DataSize body,
            @DefaultValue("8MB") DataSize usageBody,
            @DefaultValue("24MB") DataSize bodies,
            @DefaultValue("8MB") DataSize partyBodies,
            @DefaultValue("30s") Duration upload,
            Rate party,
            Rate intake,
            Rate address,
            Rate strangers,
            @DefaultValue("20000") int parties,
            @DefaultValue("48") int inFlight,
            @DefaultValue("2") int heavy,
            @DefaultValue("5s") Duration heavyWait,
            @DefaultValue("1000") int sessions,
            @DefaultValue("5") int sessionsOfOne,
            @DefaultValue("12h") Duration session,
            @DefaultValue("5s") Duration header) {}

    /**
     * @param burst requests that may come at once
     * @param perSecond sustained requests a second
     */
    public record Rate(int burst, int perSecond) {}

    /**
     * @param connect how long a connection to a service may take, and how long to wait for a free one
     * @param send how long a service may take to receive a request's body
     * @param response how long a service may be silent before and within its answer
     * @param identity the same for Keycloak
     * @param connections open connections to one service
     */
    public record Timeouts(
            @DefaultValue("2s") Duration connect,
            @DefaultValue("30s") Duration send,
            @DefaultValue("30s") Duration response,
            @DefaultValue("5s") Duration identity,
            @DefaultValue("200") int connections) {}

    /**
     * @param window number of last calls that count
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
