package menara.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway is, never as the {@code Host} header says: whoever writes that header would write where a person is sent after
 * signing in.
 *
 * @param port always said, also where it is the scheme's own
 */
record OurAddress(String scheme, String host, int port) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** As configured; without that, the end of the connection that the request came in on. */
    static OurAddress of(@Nullable URI publicUri, HttpServletRequest outside) {
        if (publicUri == null) {
            String local = outside.getLocalAddr();
            return new OurAddress(
                    outside.getScheme(), local.contains(":") ? "[" + local + "]" : local, outside.getLocalPort());
        }
        return new OurAddress(
                publicUri.getScheme(),
                publicUri.getHost(),
                publicUri.getPort() < 0 ? usual(publicUri.getScheme()) : publicUri.getPort());
    }

    String base() {
        return scheme + "://" + host + (port == usual(scheme) ? "" : ":" + port);
    }

    boolean isSecure() {
        return "https".equals(scheme);
    }

    private static int usual(String scheme) {
        return "https".equals(scheme) ? HTTPS : HTTP;
    }
}
