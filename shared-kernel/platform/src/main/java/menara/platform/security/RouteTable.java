package menara.platform.security;

import java.util.List;
import java.util.Set;
import org.springframework.http.HttpMethod;

/**
 * Every route × verb × role of a service, in one place. What is not in the table is refused, and a controller method that is
 * missing from it fails the build. One bean per service.
 */
public record RouteTable(List<Route> routes) {

    /**
     * @param method HTTP verb
     * @param pattern path pattern as the controller declares it, {@code /api/capacity/reservations/{id}}
     * @param roles any one of them is enough
     */
    public record Route(HttpMethod method, String pattern, Set<Role> roles) {}

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
