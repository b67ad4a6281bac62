package menara.platform.web;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.List;
import menara.platform.security.CallerArgumentResolver;
import menara.platform.time.IdFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.util.unit.DataSize;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** HTTP as every service speaks it. */
@AutoConfiguration
@Import(ProblemAdvice.class)
class WebAutoConfiguration {

    /** After Spring Security (-100), because a key belongs to a caller. */
    private static final int AFTER_SECURITY = -50;

    /** A body beyond this is refused, chunked or not. */
    static final DataSize MAX_BODY = DataSize.ofMegabytes(16);

    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return builder -> builder.addModule(new ValuesJacksonModule())
                // A misspelt field that is silently ignored becomes somebody's wrong invoice.
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS);
    }

    @Bean
    WebMvcConfigurer argumentsOfTheHouse(Clock clock) {
        var asOf = new AsOfResolver(clock);
        return new WebMvcConfigurer() {
            @Override
            public void addFormatters(FormatterRegistry registry) {
                registry.addConverterFactory(new TypedIdConverters());
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgumentResolver());
                resolvers.add(asOf);
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new KnownParameters(asOf));
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
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(JsonMapper json) {
        var registration = new FilterRegistrationBean<>(new BodyLimitFilter(MAX_BODY.toBytes(), json));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(
            MongoDatabase database,
            Clock clock,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers,
            JsonMapper json) {
        var registration =
                new FilterRegistrationBean<>(new IdempotencyFilter(new Idempotency(database, clock), handlers, json));
        registration.setOrder(AFTER_SECURITY);
        return registration;
    }
}
