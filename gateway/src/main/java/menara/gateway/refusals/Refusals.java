package menara.gateway.refusals;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import menara.gateway.party.Callers;
import menara.gateway.refusals.RefusalLines.Kind;
import menara.platform.web.CorrelationId;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs refused requests by status, whether Tomcat, the gateway or a service refused them. A line has the method, the path and the party,
 * but no query, no header and no name of a person.
 */
public final class Refusals extends ValveBase {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final String FAILED_SIGN_IN = Refusals.class.getName();
    private static final int LONGEST_TEXT = 200;

    private final RefusalLines lines;

    Refusals(RefusalLines lines) {
        super(true);
        this.lines = lines;
    }

    /** The sign-in through Keycloak failed, although the answer is a redirect. */
    public static void failedToSignIn(HttpServletRequest request) {
        request.setAttribute(FAILED_SIGN_IN, true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        kind(request, response.getStatus())
                .ifPresent(kind -> lines.next(kind).ifPresent(leftOut -> write(kind, request, response, leftOut)));
    }

    private static Optional<Kind> kind(Request request, int status) {
        if (request.getAttribute(FAILED_SIGN_IN) != null) {
            return Optional.of(Kind.AUTHENTICATION);
        }
        return Optional.ofNullable(
                switch (status) {
                    case 401 -> Kind.AUTHENTICATION;
                    case 403 -> Kind.AUTHORIZATION;
                    case 408, 413, 429 -> Kind.LIMIT;
                    case 400, 414, 415, 431 -> Kind.FORM;
                    default -> null;
                });
    }

    private static void write(Kind kind, Request request, Response response, long leftOut) {
        LOG.atInfo()
                .addKeyValue("refused", kind.name().toLowerCase(Locale.ROOT))
                .addKeyValue("status", response.getStatus())
                .addKeyValue("method", cut(request.getMethod()))
                .addKeyValue("path", cut(request.getRequestURI()))
                .addKeyValue("party", Callers.seen(request).orElse("unknown"))
                .addKeyValue("request", String.valueOf(response.getHeader(CorrelationId.HEADER)))
                .addKeyValue("leftOut", leftOut)
                .log("refused");
    }

    private static String cut(@Nullable String text) {
        return text == null ? "" : text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    }
}
