package menara.gateway.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;
import menara.gateway.GatewayProperties;
import menara.platform.web.CorrelationId;
import menara.platform.web.Problem;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** The first filter, so that no other one sees claims from outside, or a request in an ambiguous form. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class InsideRequestFilter extends OncePerRequestFilter {

    private final GatewayProperties properties;

    InsideRequestFilter(GatewayProperties properties) {
        this.properties = properties;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest outside, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String correlationId =
                CorrelationId.settle(Optional.ofNullable(outside.getHeader(CorrelationId.HEADER)), UUID::randomUUID);
        response.setHeader(CorrelationId.HEADER, correlationId);
        try (var _ = MDC.putCloseable(CorrelationId.LOG_KEY, correlationId)) {
            // The gateway would check the first token and a service might take the second.
            if (Collections.list(outside.getHeaders(HttpHeaders.AUTHORIZATION)).size() > 1) {
                Problem.of(HttpStatus.BAD_REQUEST, "several-authorizations", "Send one Authorization header.")
                        .writeTo(response);
                return;
            }
            Optional<Problem> mistake = PlainRequest.mistakeIn(outside);
            if (mistake.isPresent()) {
                mistake.get().writeTo(response);
                return;
            }
            OurAddress address = OurAddress.of(properties.publicUri(), outside);
            chain.doFilter(new InsideRequest(outside, correlationId, address), response);
        }
    }
}
