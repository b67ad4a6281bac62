package menara.platform.web;

import java.time.Clock;
import java.util.List;
import menara.platform.security.CallerArgumentResolver;
import menara.platform.security.RouteTable;
import menara.platform.time.IdFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The HTTP conventions of every service. */
@AutoConfiguration
@ConditionalOnProperty("menara.service")
@Import(ProblemAdvice.class)
class WebAutoConfiguration {

    /** Requests of one party at a time; a portal with many tiles and a machine with many threads stay below. */
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
    FilterRegistrationBean<FaultFilter> faultFilter(ObjectProvider<TemporaryFaults> temporary) {
        var registration = new FilterRegistrationBean<>(new FaultFilter(temporary));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<RequestFormFilter> requestFormFilter() {
        var registration = new FilterRegistrationBean<>(new RequestFormFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    @Bean
    FilterRegistrationBean<OpenRequestsFilter> openRequestsFilter() {
        var registration = new FilterRegistrationBean<>(new OpenRequestsFilter(MAX_OPEN_REQUESTS));
        registration.setOrder(FilterOrder.AFTER_SECURITY - 2);
        return registration;
    }

    @Bean
    BodiesInFlight bodiesInFlight(RouteTable table) {
        return BodiesInFlight.inHeap(Runtime.getRuntime().maxMemory(), table.largestBodyBytes());
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(RouteTable table, BodiesInFlight inFlight) {
        var registration = new FilterRegistrationBean<>(new BodyLimitFilter(table, inFlight));
        registration.setOrder(FilterOrder.AFTER_SECURITY - 1);
        return registration;
    }
}
