package menara.gateway.routes;

import java.net.URI;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerResponse;

/** Filters a service's answer for the client: headers that the gateway sets itself, and inside addresses, are removed. */
final class ServiceAnswer {

    /** The gateway sets these itself; services must not set cookies or CORS. */
    private static final Set<String> DROPPED = Set.of(
            "Set-Cookie",
            "Server",
            "X-Powered-By",
            "X-Correlation-Id",
            "Cache-Control",
            "Pragma",
            "Expires",
            "Strict-Transport-Security",
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "X-Frame-Options",
            "X-XSS-Protection",
            "Referrer-Policy",
            "Permissions-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "Access-Control-Allow-Origin",
            "Access-Control-Allow-Credentials",
            "Access-Control-Allow-Headers",
            "Access-Control-Allow-Methods",
            "Access-Control-Expose-Headers");

    private ServiceAnswer() {}

    static ServerResponse cleaned(ServerResponse answer, URI service) {
        HttpHeaders headers = answer.headers();
        DROPPED.forEach(headers::remove);
        URI location = headers.getLocation();
        if (location != null && location.isAbsolute() && service.getAuthority().equals(location.getAuthority())) {
            String query = location.getRawQuery();
            headers.set(HttpHeaders.LOCATION, location.getRawPath() + (query == null ? "" : "?" + query));
        }
        return answer;
    }
}
