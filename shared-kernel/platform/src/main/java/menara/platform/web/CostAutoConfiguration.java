package menara.platform.web;

import menara.platform.security.Caller;
import menara.platform.security.CallerArgumentResolver;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** How much {@link Costly} work may be under way. */
@AutoConfiguration
class CostAutoConfiguration {

    @Bean
    WebMvcConfigurer costlyRequests(
            @Value("${menara.costly.per-party:2}") int perParty,
            @Value("${menara.costly.for-all:6}") int forAll,
            JsonMapper json) {
        var requests = new CostlyRequests(
                new UnderWay(perParty, forAll),
                () -> CallerArgumentResolver.current().map(Caller::party).orElse(""),
                json);
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(requests);
            }
        };
    }
}
