package menara.gateway.edge;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import menara.gateway.party.Callers;
import menara.platform.web.CorrelationId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The request without headers by which a client could claim its identity, origin or host, and with its correlation id. A request with a
 * bearer token has no cookies and no session: a machine's request must not use the session of a browser on the same machine.
 */
final class InsideRequest extends HttpServletRequestWrapper {

    private final String correlationId;
    private final OurAddress address;
    private final boolean byToken;

    InsideRequest(HttpServletRequest outside, String correlationId, OurAddress address) {
        super(outside);
        this.correlationId = correlationId;
        this.address = address;
        this.byToken = Callers.bringsToken(outside);
    }

    private boolean stops(String name) {
        return OutsideHeaders.stops(name) || (byToken && HttpHeaders.COOKIE.equalsIgnoreCase(name));
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (CorrelationId.HEADER.equalsIgnoreCase(name)) {
            return correlationId;
        }
        return stops(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (CorrelationId.HEADER.equalsIgnoreCase(name)) {
            return Collections.enumeration(List.of(correlationId));
        }
        return stops(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = new java.util.ArrayList<>(Collections.list(super.getHeaderNames()));
        names.removeIf(name -> stops(name) || CorrelationId.HEADER.equalsIgnoreCase(name));
        names.add(CorrelationId.HEADER);
        return Collections.enumeration(names);
    }

    @Override
    public long getDateHeader(String name) {
        return stops(name) ? -1 : super.getDateHeader(name);
    }

    @Override
    public int getIntHeader(String name) {
        return stops(name) ? -1 : super.getIntHeader(name);
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        return byToken ? null : super.getCookies();
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        return byToken ? null : super.getRequestedSessionId();
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        if (byToken && create) {
            throw new IllegalStateException("a request with a bearer token has no session");
        }
        return byToken ? null : super.getSession(create);
    }

    @Override
    public HttpSession getSession() {
        if (byToken) {
            throw new IllegalStateException("a request with a bearer token has no session");
        }
        return super.getSession();
    }

    @Override
    public Locale getLocale() {
        return Locale.ENGLISH;
    }

    @Override
    public Enumeration<Locale> getLocales() {
        return Collections.enumeration(List.of(Locale.ENGLISH));
    }

    @Override
    public String getScheme() {
        return address.scheme();
    }

    @Override
    public boolean isSecure() {
        return address.isSecure();
    }

    @Override
    public String getServerName() {
        return address.host();
    }

    @Override
    public int getServerPort() {
        return address.port();
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(address.base()).append(getRequestURI());
    }
}
