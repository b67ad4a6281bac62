package menara.gateway.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import menara.gateway.GatewayProperties;
import menara.gateway.party.Callers;
import menara.gateway.party.Party;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds each body: 413 {@code too-large} at once when the client says the size, and while it is received when it does not. After the
 * security chains, so that no body is read before the caller is known.
 */
@Component
@Order(0)
class BodyLimitFilter extends OncePerRequestFilter {

    private final GatewayProperties.Limits limits;
    private final BodySizes sizes;
    private final BodyMemory memory;

    BodyLimitFilter(GatewayProperties properties, BodyMemory memory) {
        this.limits = properties.limits();
        this.sizes = new BodySizes(properties.limits());
        this.memory = memory;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limitBytes = sizes.limitBytes(request);
        if (request.getContentLengthLong() > limitBytes) {
            RequestBody.tooLarge(limitBytes).writeTo(response);
            return;
        }
        Optional<Party> party = Callers.current();
        if (party.isEmpty()) {
            // The bodies of unknown callers are not read: their routes take none.
            chain.doFilter(request, response);
            return;
        }
        RequestBody.Rule rule =
                new RequestBody.Rule(limitBytes, limits.upload(), party.get().limitKey());
        RequestBody body = RequestBody.of(request, memory, rule);
        try {
            chain.doFilter(new WithBody(request, body), response);
        } finally {
            body.release();
        }
    }

    private static final class WithBody extends HttpServletRequestWrapper {

        private final RequestBody body;

        WithBody(HttpServletRequest request, RequestBody body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return body;
        }
    }
}
