package menara.gateway.security;

import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** What browsers are told on every answer. Spring adds nosniff, no-store and X-Frame-Options by itself. */
final class SecurityHeaders {

    private static final long YEAR_SECONDS = 31_536_000;

    /** The portal's pages use their own files and nothing else. */
    private static final String CONTENT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String PERMISSIONS =
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()";

    private SecurityHeaders() {}

    static void write(HeadersConfigurer<?> headers, boolean https) {
        RequestMatcher overTls = https ? AnyRequestMatcher.INSTANCE : jakarta.servlet.ServletRequest::isSecure;
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT));
        headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::deny);
        headers.referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER));
        headers.permissionsPolicyHeader(policy -> policy.policy(PERMISSIONS));
        headers.crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN));
        headers.crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN));
        headers.httpStrictTransportSecurity(hsts ->
                hsts.requestMatcher(overTls).maxAgeInSeconds(YEAR_SECONDS).includeSubDomains(true));
    }
}
