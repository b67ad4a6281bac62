package menara.gateway.edge;

import java.util.Locale;
import java.util.Set;

/**
 * Request headers from outside that stop at the gateway, because a service could take them for a statement of the gateway, or because no
 * service uses them.
 */
final class OutsideHeaders {

    private static final Set<String> NAMES = Set.of(
            "forwarded",
            "via",
            "x-real-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "true-client-ip",
            "cf-connecting-ip",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            // No service answers with a range, and a client's wrong range must not look like a failure of a service.
            "range",
            "if-range",
            // Answers have one language, and servers fail on long lists of them.
            "accept-language");

    private static final Set<String> PREFIXES = Set.of(
            "x-user",
            "x-tenant",
            "x-partner",
            "x-organization",
            "x-role",
            "x-auth-",
            "x-authenticated",
            "x-remote-",
            "x-menara",
            "x-forwarded",
            "x-original-",
            "x-rewrite-",
            "x-envoy-",
            "proxy-");

    private OutsideHeaders() {}

    /** {@code X_User} counts as {@code X-User}: some servers make no difference between the two. */
    static boolean stops(String header) {
        String name = header.toLowerCase(Locale.ROOT).replace('_', '-');
        return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }
}
