package menara.gateway.headers;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.http.HttpHeaders;

/**
 * Headers for browsers, written before the request is processed: an answer may be committed before a filter could add to it, and a request
 * that Tomcat refuses never reaches a filter.
 */
public final class BrowserHeaders extends ValveBase {

    private static final String ATTRIBUTE = BrowserHeaders.class.getName();

    /** The portal's pages use their own files and nothing else. */
    private static final String CONTENT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
            CONTENT,
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            HttpHeaders.CACHE_CONTROL,
            "no-store");

    private static final String TRANSPORT_SECURITY = "Strict-Transport-Security";
    /** A year, in seconds. */
    private static final String A_YEAR = "max-age=31536000; includeSubDomains";

    private final boolean https;

    /** @param https whether browsers come over https although TLS ends in front of the gateway */
    BrowserHeaders(boolean https) {
        super(true);
        this.https = https;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setAttribute(ATTRIBUTE, this);
        write(request, response);
        getNext().invoke(request, response);
    }

    /** For an answer that was reset and loses its earlier headers. */
    public static void again(Request request, Response response) {
        if (request.getAttribute(ATTRIBUTE) instanceof BrowserHeaders headers) {
            headers.write(request, response);
        }
    }

    private void write(Request request, Response response) {
        ALWAYS.forEach(response::setHeader);
        if (https || request.isSecure()) {
            response.setHeader(TRANSPORT_SECURITY, A_YEAR);
        }
    }
}
