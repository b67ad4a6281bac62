package menara.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Queries that a service computes over much data. Each costs more of an allowance, and a party may run few of them at once. They include
 * all that the services mark as costly.
 */
final class HeavyQueries {

    /** The part of the allowance that one of them takes. */
    static final int COST = 10;

    private static final List<Heavy> ALL = List.of(
            Heavy.without("/api/billing/invoices", "contract"),
            Heavy.always("/api/billing/invoices/preview"),
            Heavy.always("/api/billing/bill-runs/**"),
            Heavy.without("/api/billing/projections/accrued", "contract"),
            Heavy.always("/api/billing/projections/forecast"),
            Heavy.always("/api/billing/projections/revenue-leakage"),
            Heavy.with("/api/capacity/envelope", "asOf"),
            Heavy.with("/api/capacity/forecast", "asOf"),
            Heavy.always("/api/capacity/offers"),
            Heavy.always("/api/capacity/reservations/{reservation}/placement"),
            Heavy.always("/api/capacity/risks/**"),
            Heavy.always("/api/investment/returns/**"));

    /**
     * @param onlyWith heavy only if this query parameter is given; null for always
     * @param unlessWith not heavy if this query parameter is given; null for none
     */
    private record Heavy(
            PathPattern path,
            @Nullable String onlyWith,
            @Nullable String unlessWith) {

        static Heavy always(String path) {
            return new Heavy(PathPatternParser.defaultInstance.parse(path), null, null);
        }

        static Heavy with(String path, String parameter) {
            return new Heavy(PathPatternParser.defaultInstance.parse(path), parameter, null);
        }

        static Heavy without(String path, String parameter) {
            return new Heavy(PathPatternParser.defaultInstance.parse(path), null, parameter);
        }

        boolean matches(PathContainer asked, @Nullable String query) {
            return path.matches(asked)
                    && (onlyWith == null || has(query, onlyWith))
                    && (unlessWith == null || !has(query, unlessWith));
        }

        /** Not asked of the request, which would read a form's body for it. */
        private static boolean has(@Nullable String query, String parameter) {
            return query != null
                    && Arrays.stream(query.split("&"))
                            .map(part -> part.split("=", 2)[0])
                            .anyMatch(name -> parameter.equals(URLDecoder.decode(name, StandardCharsets.UTF_8)));
        }
    }

    private HeavyQueries() {}

    static boolean is(HttpServletRequest request) {
        var path = PathContainer.parsePath(request.getRequestURI());
        return ALL.stream().anyMatch(heavy -> heavy.matches(path, request.getQueryString()));
    }
}
