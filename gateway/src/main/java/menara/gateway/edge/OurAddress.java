package menara.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The address of the gateway, never from the {@code Host} header: a forged header would redirect a person elsewhere after signing in.
 *
 * @param port always given, even if it is the scheme's default
 */
record OurAddress(String scheme, String host, int port) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** The configured address, or else the local end of the request's connection. */
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
