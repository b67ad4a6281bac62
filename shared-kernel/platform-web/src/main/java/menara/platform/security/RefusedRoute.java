package menara.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.stream.Collectors;
import menara.platform.web.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * The answer to a signed-in caller that was refused: the roles do not allow the route, or it does not exist. Paths are not secret, because
 * the API document lists them.
 *
 * @param allowed methods that exist instead, for the header {@code Allow}
 */
record RefusedRoute(Problem problem, Optional<String> allowed) {

    static RefusedRoute of(HttpServletRequest request, RouteTable table) {
        var path = request.getRequestURI();
        var here = table.routes().stream()
                .filter(route -> PathPatternRequestMatcher.withDefaults()
                        .matcher(route.pattern())
                        .matches(request))
                .toList();
        if (path.startsWith("/actuator/") || here.stream().anyMatch(route -> route.matches(request))) {
            return new RefusedRoute(
                    Problem.of(HttpStatus.FORBIDDEN, "forbidden", "your roles do not allow this"), Optional.empty());
        }
        if (here.isEmpty()) {
            return new RefusedRoute(
                    Problem.of(HttpStatus.NOT_FOUND, "not-found", "there is nothing at %s".formatted(path)),
                    Optional.empty());
        }
        var methods = here.stream()
                .flatMap(route -> route.methods().stream())
                .map(Object::toString)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return new RefusedRoute(
                Problem.of(
                        HttpStatus.METHOD_NOT_ALLOWED,
                        "method-not-allowed",
                        "%s is not understood at %s; it understands %s".formatted(request.getMethod(), path, methods)),
                Optional.of(methods));
    }
}
