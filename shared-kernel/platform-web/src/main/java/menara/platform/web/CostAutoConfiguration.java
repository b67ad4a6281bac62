package menara.platform.web;

import menara.platform.security.Caller;
import menara.platform.security.CallerArgumentResolver;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How much {@link Costly} work may be under way. */
@AutoConfiguration
@ConditionalOnProperty("menara.service")
class CostAutoConfiguration {

    @Bean
    WebMvcConfigurer costlyRequests(
            @Value("${menara.costly.per-party:2}") int perParty, @Value("${menara.costly.for-all:6}") int forAll) {
        var requests = new CostlyRequests(
                new PartyLimit(perParty, forAll),
                () -> CallerArgumentResolver.current().map(Caller::party).orElse(""));
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(requests);
            }
        };
    }
}
