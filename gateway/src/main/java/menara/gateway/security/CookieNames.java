package menara.gateway.security;

import menara.gateway.GatewayProperties;
import org.springframework.stereotype.Component;

/**
 * The names of the gateway's cookies. Over https a browser accepts {@code __Host-} from this host alone, Secure and for all its paths, so
 * no neighbour of the same domain can put its own in their place; over http it accepts no such cookie at all.
 */
@Component
class CookieNames {

    private static final String THIS_HOST_ONLY = "__Host-";

    private final String prefix;

    CookieNames(GatewayProperties gateway) {
        this.prefix = gateway.https() ? THIS_HOST_ONLY : "";
    }

    String session() {
        return prefix + "MENARA_SESSION";
    }

    String signIn() {
        return prefix + "MENARA_SIGN_IN";
    }

    String csrf() {
        return prefix + "XSRF-TOKEN";
    }
}
