package menara.gateway.routes;

import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;
import static org.springframework.cloud.gateway.server.mvc.predicate.GatewayRequestPredicates.path;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.util.Optional;
import menara.gateway.GatewayProperties;
import menara.gateway.Service;
import menara.gateway.limits.RequestBody;
import menara.platform.web.Problem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** {@code /api/<service>/**} to that service, the path as it is. */
@Configuration(proxyBeanMethods = false)
class ServiceRoutes {

    private final GatewayProperties properties;
    private final CircuitBreakerRegistry breakers;
    private final TokenRelay relay;

    ServiceRoutes(GatewayProperties properties, CircuitBreakerRegistry breakers, TokenRelay relay) {
        this.properties = properties;
        this.breakers = breakers;
        this.relay = relay;
    }

    @Bean
    RouterFunction<ServerResponse> operations() {
        return to(Service.OPERATIONS);
    }

    @Bean
    RouterFunction<ServerResponse> capacity() {
        return to(Service.CAPACITY);
    }

    @Bean
    RouterFunction<ServerResponse> billing() {
        return to(Service.BILLING);
    }

    @Bean
    RouterFunction<ServerResponse> investment() {
        return to(Service.INVESTMENT);
    }

    private RouterFunction<ServerResponse> to(Service service) {
        URI uri = properties.uriOf(service);
        return route(service.label())
                .route(path(service.path() + "/**"), http())
                .filter(noForms())
                .filter(received())
                .filter(relay)
                .filter(new GuardedCall(
                        service,
                        ServiceBreakers.of(breakers, service),
                        properties.breaker().openFor()))
                .filter((request, next) -> ServiceAnswer.cleaned(next.handle(request), uri))
                .before(uri(uri))
                .build();
    }

    // A server reads a form's fields as parameters, so the proxy would move them from the body into the query and the
    // logs.
    private static HandlerFilterFunction<ServerResponse, ServerResponse> noForms() {
        return (request, next) ->
                request.headers().contentType().filter(ServiceRoutes::isForm).isPresent()
                        ? Problem.of(
                                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                                        "unsupported-media-type",
                                        "Services take JSON or CloudEvents, not forms.")
                                .answer()
                        : next.handle(request);
    }

    private static boolean isForm(MediaType type) {
        return MediaType.APPLICATION_FORM_URLENCODED.equalsTypeAndSubtype(type) || "multipart".equals(type.getType());
    }

    // Before the breaker and the connection pool: a slow body takes neither from others.
    private static HandlerFilterFunction<ServerResponse, ServerResponse> received() {
        return (request, next) -> {
            Optional<Problem> refused = RequestBody.receive(request.servletRequest());
            if (refused.isPresent()) {
                return refused.get().answer();
            }
            Optional<Long> length = RequestBody.length(request.servletRequest());
            return next.handle(ServerRequest.from(request)
                    .headers(headers -> {
                        headers.remove(HttpHeaders.EXPECT);
                        length.ifPresent(bytes -> {
                            headers.remove(HttpHeaders.TRANSFER_ENCODING);
                            headers.setContentLength(bytes);
                        });
                    })
                    .build());
        };
    }
}
