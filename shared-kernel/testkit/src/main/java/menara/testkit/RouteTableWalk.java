package menara.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import menara.platform.security.Role;
import menara.platform.security.RouteTable;
import menara.platform.security.RouteTable.Route;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Walks the route table of a running service: each route × verb × role is answered as the table says. Extend it and give the service. */
public abstract class RouteTableWalk {

    private static final String SOME_ID = "00000000-0000-7000-8000-000000000000";

    protected abstract RunningService service();

    /** Name of the service: its routes begin with {@code /api/<name>/}. */
    protected abstract String name();

    private RouteTable table() {
        return service().bean(RouteTable.class);
    }

    @Test
    void every_controller_method_stands_in_the_table_and_every_row_is_served() {
        var mappings = service().bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        Set<String> served = new TreeSet<>();
        mappings.getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(pattern -> pattern.startsWith("/api/" + name() + "/")
                                && !pattern.contains("/openapi")
                                && !pattern.endsWith("/asyncapi"))
                        .forEach(pattern -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> served.add(method + " " + pattern))));
        Set<String> listed = new TreeSet<>();
        table().routes().forEach(route -> listed.add(route.method() + " " + route.pattern()));

        assertThat(listed).isEqualTo(served);
    }

    @TestFactory
    Stream<DynamicTest> each_route_lets_in_whom_the_table_names_and_nobody_else() {
        return table().routes().stream()
                .map(route -> DynamicTest.dynamicTest(route.method() + " " + route.pattern(), () -> walk(route)));
    }

    private void walk(Route route) {
        var path = route.pattern().replaceAll("\\{[^}]+}", SOME_ID);
        assertThat(status(route, path, null)).as("without a token").isEqualTo(401);
        assertThat(status(route, path, service().tokens().forged("mallory", Role.values())))
                .as("with a forged token")
                .isEqualTo(401);
        assertThat(status(route, path, service().tokens().expired("late", Role.values())))
                .as("with an expired token")
                .isEqualTo(401);
        assertThat(status(route, path, service().tokens().forAudience("other-service", "astray", Role.values())))
                .as("with a token for another service")
                .isEqualTo(401);
        assertThat(status(
                        route,
                        path,
                        service().tokens().fromIssuer("http://127.0.0.1:1/realms/other", "foreign", Role.values())))
                .as("with a token of another issuer")
                .isEqualTo(401);
        for (Role role : Role.values()) {
            boolean reader = role == Role.AUDITOR && route.method().equals(HttpMethod.GET);
            int status = status(route, path, service().tokens().tokenOf("some-party", role.realmName(), role));
            if (route.roles().contains(role) || reader) {
                assertThat(status).as("with role %s", role).isNotIn(401, 403);
            } else {
                assertThat(status)
                        .as(
                                "with role %s, which is not among %s",
                                role, Arrays.toString(route.roles().toArray()))
                        .isEqualTo(403);
            }
        }
    }

    private int status(Route route, String path, @org.jspecify.annotations.Nullable String token) {
        // An empty object is enough to be let in or turned away; whether it is a good request is another question.
        var body = route.method().equals(HttpMethod.GET) ? null : "{}";
        return service().send(route.method().name(), path, token, body).status();
    }
}
