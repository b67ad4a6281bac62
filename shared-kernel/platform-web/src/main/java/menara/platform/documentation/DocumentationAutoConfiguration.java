package menara.platform.documentation;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.servers.Server;
import menara.platform.security.Caller;
import menara.platform.security.RouteTable;
import menara.platform.web.AsOf;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Adds docstrings, the route table and examples to the documents of each service. */
@AutoConfiguration
@ConditionalOnProperty("menara.service")
@ConditionalOnClass(OpenApiCustomizer.class)
class DocumentationAutoConfiguration {

    static {
        // The caller comes from the token, not from a parameter.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
        // A parameter of every projection, described once.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(AsOf.class);
    }

    @Bean
    Examples examples(@Value("${menara.service}") String service, JsonMapper json) {
        return Examples.of(service, json);
    }

    @Bean
    ValueSchemas valueSchemas() {
        return new ValueSchemas();
    }

    @Bean
    OpenApiCustomizer documentedApi(
            @Value("${menara.service}") String service, RouteTable table, Examples examples, JsonMapper json) {
        return new DocumentedApi(service, table, examples, json);
    }

    /** The API is at the address of the document: behind the gateway or at the service itself. */
    @Bean
    OpenAPI documentBesideTheApi() {
        return new OpenAPI().addServersItem(new Server().url("/"));
    }

    @Bean
    OperationCustomizer refusals() {
        return new Refusals();
    }

    @Bean
    OperationCustomizer idempotencyKey() {
        return new IdempotencyKeyParameter();
    }

    @Bean
    OperationCustomizer asOf() {
        return new AsOfParameter();
    }

    /** Depends on the schemas being registered, which springdoc does when it starts. */
    @Bean
    EventCatalogue eventCatalogue(@Value("${menara.service}") String service) {
        return new EventCatalogue(service);
    }
}
