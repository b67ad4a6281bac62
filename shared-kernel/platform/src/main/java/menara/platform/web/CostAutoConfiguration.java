package menara.platform.web;

import menara.platform.security.CallerArgumentResolver;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
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
        var requests = new CostlyRequests(perParty, forAll, CostAutoConfiguration::party, json);
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(requests);
            }
        };
    }

    /** Many people of one organization are one party; whoever has none is a party alone. */
    private static String party() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken authentication) {
            var caller = CallerArgumentResolver.callerOf(authentication.getToken());
            return caller.organization().map(alias -> "organization " + alias).orElse("caller " + caller.subject());
        }
        return "";
    }
}
