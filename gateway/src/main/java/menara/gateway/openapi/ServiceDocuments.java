package menara.gateway.openapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import menara.gateway.GatewayProperties;
import menara.gateway.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each service's own OpenAPI document, fetched with the caller's token and kept for a short while. */
@Component
class ServiceDocuments {

    /** @param unavailable empty if there is a document */
    record Fetched(JsonNode document, String unavailable) {

        boolean isThere() {
            return unavailable.isEmpty();
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ServiceDocuments.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final GatewayProperties properties;
    private final CircuitBreakerRegistry breakers;
    private final RestClient services;
    private final Cache<Service, JsonNode> kept;

    ServiceDocuments(
            GatewayProperties properties, CircuitBreakerRegistry breakers, ClientHttpRequestFactory toServices) {
        this.properties = properties;
        this.breakers = breakers;
        this.services = RestClient.builder().requestFactory(toServices).build();
        this.kept = Caffeine.newBuilder()
                .maximumSize(Service.values().length)
                .expireAfterWrite(properties.openapiCache())
                .build();
    }

    Fetched of(Service service, String token) {
        JsonNode known = kept.getIfPresent(service);
        if (known != null) {
            return new Fetched(known, "");
        }
        try {
            JsonNode document = breakers.circuitBreaker(service.label()).executeSupplier(() -> fetch(service, token));
            // Only documents are cached, not failures: a service that comes back shows at once.
            kept.put(service, document);
            return new Fetched(document, "");
        } catch (RestClientException | CallNotPermittedException | JacksonException failed) {
            LOG.warn("no OpenAPI document of {}: {}", service.label(), failed.getMessage());
            return new Fetched(JSON.missingNode(), "The service did not answer with its OpenAPI document.");
        }
    }

    private JsonNode fetch(Service service, String token) {
        byte[] body = services.get()
                .uri(properties.uriOf(service).resolve(service.path() + "/openapi"))
                .headers(headers -> headers.setBearerAuth(token))
                .accept(MediaType.APPLICATION_JSON)
                .retrieve()
                .body(byte[].class);
        return JSON.readTree(body == null ? new byte[0] : body);
    }
}
