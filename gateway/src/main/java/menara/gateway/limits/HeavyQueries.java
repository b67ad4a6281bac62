package menara.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** What a service computes over much of what it knows. It costs more of an allowance, and a party has few of them at once. */
final class HeavyQueries {

    /** What one of them takes of the allowance. */
    static final int COST = 10;

    private static final List<String> PATHS = List.of(
            "/api/billing/invoices/preview",
            "/api/billing/month-runs",
            "/api/billing/projections",
            "/api/capacity/forecast",
            "/api/capacity/offers",
            "/api/capacity/risks",
            "/api/investment/returns");

    private HeavyQueries() {}

    static boolean is(HttpServletRequest request) {
        String path = request.getRequestURI();
        return PATHS.stream().anyMatch(heavy -> path.equals(heavy) || path.startsWith(heavy + "/"));
    }
}
