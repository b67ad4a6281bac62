package menara.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;

/** Usage comes in larger and more often than anything else, so it has allowances of its own. */
final class UsageIntake {

    private static final String PATH = "/api/billing/usage";

    private UsageIntake() {}

    static boolean is(HttpServletRequest request) {
        return "POST".equals(request.getMethod()) && PATH.equals(request.getRequestURI());
    }
}
