package menara.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest extends GatewayTest {

    @Test
    void the_services_documents_are_one() {
        describe(OPERATIONS, "operations");
        describe(CAPACITY, "capacity");
        describe(BILLING, "billing");
        describe(INVESTMENT, "investment");
        JsonNode joined = joined("org-openapi-1");
        assertThat(joined.path("openapi").asString()).isEqualTo("3.1.0");
        assertThat(joined.path("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/api/operations/things",
                        "/api/capacity/things",
                        "/api/billing/things",
                        "/api/investment/things");
        JsonNode get = joined.path("paths").path("/api/billing/things").path("get");
        assertThat(get.path("operationId").asString()).isEqualTo("billing.list");
        assertThat(get.path("tags").path(0).asString()).isEqualTo("billing");
        // Two services mean different things by Thing; every reference finds its own.
        for (String service : new String[] {"operations", "billing"}) {
            String reference = joined.path("paths")
                    .path("/api/" + service + "/things")
                    .at("/get/responses/200/content/application~1json/schema/$ref")
                    .asString();
            assertThat(reference).isEqualTo("#/components/schemas/" + service + ".Thing");
            assertThat(joined.at("/components/schemas/" + service + ".Thing/title")
                            .asString())
                    .isEqualTo(service);
            assertThat(joined.at("/components/schemas/" + service + ".Thing/discriminator/mapping/one")
                            .asString())
                    .isEqualTo("#/components/schemas/" + service + ".One");
        }
        assertThat(joined.at("/components/securitySchemes/bearer/scheme").asString())
                .isEqualTo("bearer");
    }

    @Test
    void a_service_that_is_away_is_said_to_be_away() {
        describe(CAPACITY, "capacity");
        BILLING.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        OPERATIONS.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));
        INVESTMENT.stubFor(any(anyUrl()).willReturn(aResponse().withBody("<html>")));
        JsonNode joined = joined("org-openapi-2");
        assertThat(joined.path("paths").propertyNames()).containsExactly("/api/capacity/things");
        JsonNode services = joined.path("x-menara-services");
        assertThat(services).hasSize(4);
        services.forEach(service -> {
            boolean there = "capacity".equals(service.path("service").asString());
            assertThat(service.path("available").asBoolean()).isEqualTo(there);
            assertThat(service.has("detail")).isEqualTo(!there);
        });
    }

    private JsonNode joined(String organization) {
        var answer = send(with(ISSUER.token("reader", organization), "/api/openapi"));
        assertThat(answer.statusCode()).isEqualTo(200);
        return json(answer);
    }

    private static void describe(WireMockServer server, String service) {
        server.stubFor(any(anyUrl()).willReturn(okJson("""
                {"openapi":"3.1.0","info":{"title":"x","version":"1"},
                 "paths":{"/api/%1$s/things":{"get":{"operationId":"list","tags":["thing-controller"],
                   "responses":{"200":{"description":"ok","content":{"application/json":{
                     "schema":{"$ref":"#/components/schemas/Thing"}}}}}}}},
                 "components":{"schemas":{"Thing":{"type":"object","title":"%1$s",
                   "discriminator":{"propertyName":"kind","mapping":{"one":"#/components/schemas/One"}}}}}}""".formatted(service))));
    }
}
