package menara.gateway.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import menara.gateway.GatewayProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * 413 {@code too-large}: at once when the client says the size, and while streaming when it does not. Behind the security chains, so that
 * a stranger learns nothing but 401.
 */
@Component
@Order(0)
class BodyLimitFilter extends OncePerRequestFilter {

    private final GatewayProperties.Limits limits;

    BodyLimitFilter(GatewayProperties properties) {
        this.limits = properties.limits();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limitBytes = (UsageIntake.is(request) ? limits.usageBody() : limits.body()).toBytes();
        if (request.getContentLengthLong() > limitBytes) {
            // The rest of it is not wanted: without this the server would read on to keep the connection.
            RequestBody.tooLarge(limitBytes)
                    .header(HttpHeaders.CONNECTION, "close")
                    .writeTo(response);
            return;
        }
        chain.doFilter(new Counted(request, limitBytes), response);
    }

    private final class Counted extends HttpServletRequestWrapper {

        private final long limitBytes;
        private @Nullable RequestBody body;

        Counted(HttpServletRequest request, long limitBytes) {
            super(request);
            this.limitBytes = limitBytes;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new RequestBody(this, super.getInputStream(), limitBytes, limits.upload());
            }
            return body;
        }
    }
}
