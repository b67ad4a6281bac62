package menara.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import menara.platform.security.Role;
import menara.platform.security.RouteTable;
import menara.platform.web.AsOf;
import menara.platform.web.Costly;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A controller method that stands in the route table, as it is reached from outside. */
final class RouteHandler {

    private final RequestMappingInfo mapping;
    private final HandlerMethod method;
    private final RouteTable.Route route;

    private RouteHandler(RequestMappingInfo mapping, HandlerMethod method, RouteTable.Route route) {
        this.mapping = mapping;
        this.method = method;
        this.route = route;
    }

    /** All of a service, by name: a new route is among them by itself. */
    static Stream<RouteHandler> of(RunningService service) {
        var mappings = service.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        var routes = service.bean(RouteTable.class).routes();
        return mappings.getHandlerMethods().entrySet().stream()
                .filter(entry -> entry.getValue().getBeanType().getName().startsWith("menara."))
                .flatMap(entry -> routes.stream()
                        .filter(route -> entry.getKey().getPatternValues().contains(route.pattern())
                                && entry.getKey().getMethodsCondition().getMethods().stream()
                                        .anyMatch(verb -> verb.name()
                                                .equals(route.method().name())))
                        .map(route -> new RouteHandler(entry.getKey(), entry.getValue(), route)))
                .sorted(Comparator.comparing(RouteHandler::name));
    }

    String name() {
        return "%s (%s)".formatted(mapping, method.getMethod().getName());
    }

    String verb() {
        return route.method().name();
    }

    String pattern() {
        return route.pattern();
    }

    Set<Role> roles() {
        return route.roles();
    }

    HandlerMethod method() {
        return method;
    }

    /** Names of its query parameters. */
    List<String> parameters() {
        return Arrays.stream(method.getMethodParameters())
                .flatMap(parameter -> parameter(parameter).stream())
                .toList();
    }

    boolean takesAsOfItself() {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.getParameterType() != AsOf.class)
                .flatMap(parameter -> parameter(parameter).stream())
                .anyMatch(AsOf.PARAMETER::equals);
    }

    /** The name of a query parameter; empty if it is another part of the request. */
    static Optional<String> parameter(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        return parameter.getParameterType() == AsOf.class
                ? Optional.of(AsOf.PARAMETER)
                : Optional.ofNullable(parameter.getParameterAnnotation(RequestParam.class))
                        .map(annotation -> annotation.name().isEmpty()
                                ? String.valueOf(parameter.getParameterName())
                                : annotation.name());
    }

    /** When it is costly, as a line to be read; empty if it never is. */
    Optional<String> cost() {
        return Optional.ofNullable(method.getMethodAnnotation(Costly.class))
                .map(costly -> "%s %s is costly%s%s"
                        .formatted(
                                verb(),
                                pattern(),
                                costly.onlyWith().isEmpty() ? "" : " with " + costly.onlyWith(),
                                costly.unlessWith().isEmpty() ? "" : " without " + costly.unlessWith()));
    }

    /** Headers with the first media types that it takes and gives: name, value, name, value. */
    String[] mediaTypes() {
        var headers = new ArrayList<String>();
        mapping.getProducesCondition().getProducibleMediaTypes().stream()
                .findFirst()
                .ifPresent(type -> headers.addAll(List.of("Accept", type.toString())));
        mapping.getConsumesCondition().getConsumableMediaTypes().stream()
                .findFirst()
                .ifPresent(type -> headers.addAll(List.of("Content-Type", type.toString())));
        return headers.toArray(String[]::new);
    }
}
