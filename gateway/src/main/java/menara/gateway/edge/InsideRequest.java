package menara.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request as everything inside sees it: without {@link OutsideHeaders}, and with the correlation id that was settled on. */
final class InsideRequest extends HttpServletRequestWrapper {

    private final String correlationId;

    InsideRequest(HttpServletRequest outside, String correlationId) {
        super(outside);
        this.correlationId = correlationId;
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (CorrelationId.HEADER.equalsIgnoreCase(name)) {
            return correlationId;
        }
        return OutsideHeaders.stops(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (CorrelationId.HEADER.equalsIgnoreCase(name)) {
            return Collections.enumeration(List.of(correlationId));
        }
        return OutsideHeaders.stops(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = new java.util.ArrayList<>(Collections.list(super.getHeaderNames()));
        names.removeIf(name -> OutsideHeaders.stops(name) || CorrelationId.HEADER.equalsIgnoreCase(name));
        names.add(CorrelationId.HEADER);
        return Collections.enumeration(names);
    }

    @Override
    public long getDateHeader(String name) {
        return OutsideHeaders.stops(name) ? -1 : super.getDateHeader(name);
    }

    @Override
    public int getIntHeader(String name) {
        return OutsideHeaders.stops(name) ? -1 : super.getIntHeader(name);
    }
}
