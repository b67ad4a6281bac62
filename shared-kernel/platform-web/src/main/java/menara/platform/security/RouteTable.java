package menara.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.util.unit.DataSize;

/**
 * The table of every route of a service and the roles that may call it, in one place. A route that is not in the table is refused, and a
 * controller method that is missing from it fails the build. One bean per service.
 */
public record RouteTable(List<Route> routes) {

    /** Enough for a contract, an offer or a plan; routes with longer bodies name their limit. */
    public static final DataSize USUAL_BODY = DataSize.ofKilobytes(64);

    /**
     * @param method HTTP verb
     * @param pattern path pattern as the controller declares it, {@code /api/capacity/reservations/{id}}
     * @param roles roles of which one is enough
     * @param maxBodyBytes longest body it takes; a longer one is not read to its end
     */
    public record Route(HttpMethod method, String pattern, Set<Role> roles, long maxBodyBytes) {

        Route(HttpMethod method, String pattern, Set<Role> roles) {
            this(method, pattern, roles, USUAL_BODY.toBytes());
        }

        /** The same route for longer bodies. */
        public Route upTo(DataSize maxBody) {
            return new Route(method, pattern, roles, maxBody.toBytes());
        }

        /**
         * Whether only operator roles may call it: its answers are not limited to a party, so a caller for a party is refused, whatever
         * other roles it has.
         */
        public boolean isOfTheHouse() {
            return roles.stream().allMatch(role -> role.sight() == Role.Sight.ALL);
        }

        /** The verbs it answers: a reader may also request the headers alone (RFC 9110, section 9.3.2). */
        public List<HttpMethod> methods() {
            return method.equals(HttpMethod.GET) ? List.of(method, HttpMethod.HEAD) : List.of(method);
        }

        boolean matches(HttpServletRequest request) {
            return methods().stream()
                    .anyMatch(each -> PathPatternRequestMatcher.withDefaults()
                            .matcher(each, pattern)
                            .matches(request));
        }
    }

    /** The longest body that the route of a request takes. */
    public long maxBodyBytes(HttpServletRequest request) {
        return routes.stream()
                .filter(route -> route.matches(request))
                .mapToLong(Route::maxBodyBytes)
                .findFirst()
                .orElse(USUAL_BODY.toBytes());
    }

    /** The longest body that any route takes. */
    public long largestBodyBytes() {
        return routes.stream().mapToLong(Route::maxBodyBytes).max().orElse(USUAL_BODY.toBytes());
    }

    public static RouteTable of(Route... routes) {
        return new RouteTable(List.of(routes));
    }

    public static Route get(String pattern, Role... roles) {
        return new Route(HttpMethod.GET, pattern, Set.of(roles));
    }

    public static Route post(String pattern, Role... roles) {
        return new Route(HttpMethod.POST, pattern, Set.of(roles));
    }

    public static Route put(String pattern, Role... roles) {
        return new Route(HttpMethod.PUT, pattern, Set.of(roles));
    }

    public static Route delete(String pattern, Role... roles) {
        return new Route(HttpMethod.DELETE, pattern, Set.of(roles));
    }
}
