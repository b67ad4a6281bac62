package menara.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.stream.Collectors;
import menara.platform.web.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * What a signed-in caller is told who was not let in: that the roles do not allow it, where there is something, and otherwise that there
 * is nothing. The paths are no secret, they stand in the API document.
 *
 * @param allowed methods that are there instead, for the header {@code Allow}
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
