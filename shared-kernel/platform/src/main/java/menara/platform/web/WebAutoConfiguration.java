package menara.platform.web;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.List;
import menara.eventstore.spring.DueDates;
import menara.platform.security.CallerArgumentResolver;
import menara.platform.security.RouteTable;
import menara.platform.time.IdFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** HTTP as every service speaks it. */
@AutoConfiguration
@Import(ProblemAdvice.class)
class WebAutoConfiguration {

    /** After Spring Security (-100), because a key belongs to a caller. */
    private static final int AFTER_SECURITY = -50;

    /** Of one party at a time; a portal with many tiles and a machine with many threads stay below. */
    private static final int MAX_OPEN_REQUESTS = 64;

    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return StrictJson::configure;
    }

    @Bean
    WebMvcConfigurer argumentsOfTheHouse(Clock clock) {
        var asOf = new AsOfResolver(clock);
        return new WebMvcConfigurer() {
            @Override
            public void addFormatters(FormatterRegistry registry) {
                registry.addConverterFactory(new TypedIdConverters());
                Years.register(registry);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgumentResolver());
                resolvers.add(asOf);
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new KnownParameters(asOf));
                registry.addInterceptor(new AcceptedAnswers());
            }
        };
    }

    @Bean
    FilterRegistrationBean<CorrelationFilter> correlationFilter(IdFactory ids) {
        var registration = new FilterRegistrationBean<>(new CorrelationFilter(ids));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FilterRegistrationBean<FaultFilter> faultFilter(JsonMapper json) {
        var registration = new FilterRegistrationBean<>(new FaultFilter(json));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<RequestFormFilter> requestFormFilter(JsonMapper json) {
        var registration = new FilterRegistrationBean<>(new RequestFormFilter(json));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    @Bean
    FilterRegistrationBean<OpenRequestsFilter> openRequestsFilter(JsonMapper json) {
        var registration = new FilterRegistrationBean<>(new OpenRequestsFilter(MAX_OPEN_REQUESTS, json));
        registration.setOrder(AFTER_SECURITY - 2);
        return registration;
    }

    @Bean
    BodiesInFlight bodiesInFlight(RouteTable table) {
        return BodiesInFlight.inHeap(Runtime.getRuntime().maxMemory(), table.largestBodyBytes());
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(
            RouteTable table, BodiesInFlight inFlight, JsonMapper json) {
        var registration = new FilterRegistrationBean<>(new BodyLimitFilter(table, inFlight, json));
        registration.setOrder(AFTER_SECURITY - 1);
        return registration;
    }

    @Bean
    Idempotency idempotency(MongoDatabase database, Clock clock) {
        return new Idempotency(database, clock);
    }

    @Bean
    IdempotencySweep idempotencySweep(Idempotency idempotency, DueDates dueDates, Clock clock) {
        return new IdempotencySweep(idempotency, dueDates, clock);
    }

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(
            Idempotency idempotency,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers,
            JsonMapper json) {
        var registration = new FilterRegistrationBean<>(new IdempotencyFilter(idempotency, handlers, json));
        registration.setOrder(AFTER_SECURITY);
        return registration;
    }
}
