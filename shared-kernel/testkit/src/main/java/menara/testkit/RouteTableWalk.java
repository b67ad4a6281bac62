package menara.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import menara.platform.security.Role;
import menara.platform.security.RouteTable;
import menara.platform.security.RouteTable.Route;
import menara.platform.web.AsOf;
import menara.testkit.RunningService.Answer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Walks the route table of a running service: each route × verb × role is answered as the table says. Extend it and give the service. */
public abstract class RouteTableWalk {

    private static final String SOME_ID = "00000000-0000-7000-8000-000000000000";

    private static final long BYTES_PER_KB = 1_024;

    private static final Set<Role> CONFINING = Set.of(Role.PARTNER, Role.TENANT);

    private static final Role[] ALL_OF_THE_HOUSE = Arrays.stream(Role.values())
            .filter(role -> !CONFINING.contains(role))
            .toArray(Role[]::new);

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
        assertThat(status(route, path, service().tokens().endless("eternal", Role.values())))
                .as("with a token that never ends")
                .isEqualTo(401);
        for (var kind : List.of("ID", "Refresh", "Offline", "Logout", "")) {
            assertThat(status(route, path, service().tokens().ofKind(kind, "confused", Role.values())))
                    .as("with a token of the kind %s", kind)
                    .isEqualTo(401);
        }
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
            int status = status(route, path, service().tokens().stranger(role));
            if (route.method().equals(HttpMethod.GET)) {
                head(path, role, status);
            }
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

    /** Roles add up, but what only the house may ask for is answered to nobody who comes for a party. */
    @TestFactory
    Stream<DynamicTest> who_comes_for_a_party_passes_no_route_of_the_house_whatever_other_role_it_has() {
        return table().routes().stream()
                .map(route -> DynamicTest.dynamicTest(route.method() + " " + route.pattern(), () -> {
                    var path = route.pattern().replaceAll("\\{[^}]+}", SOME_ID);
                    for (Role confining : CONFINING) {
                        var roles = new HashSet<>(route.roles());
                        roles.add(confining);
                        var both = service().tokens().tokenOf("some-party", "both", roles.toArray(Role[]::new));
                        assertThat(status(route, path, both) == 403)
                                .as("with %s, on a route for %s", roles, route.roles())
                                .isEqualTo(route.isOfTheHouse());
                    }
                }));
    }

    private void head(String path, Role role, int status) {
        var head = service().send("HEAD", path, service().tokens().stranger(role), null);
        assertThat(head.status()).as("HEAD with role %s", role).isEqualTo(status);
        assertThat(head.response().body()).isEmpty();
    }

    /** The gateway has the same limits before its services, and no view into them: a test of the gateway reads the file. */
    @Test
    void what_takes_long_bodies_or_much_work_is_written_down_in_route_limits() throws IOException {
        try (var file = getClass().getResourceAsStream("/route-limits.txt")) {
            assertThat(file).as("src/test/resources/route-limits.txt").isNotNull();
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactlyElementsOf(limits());
        }
    }

    private Set<String> limits() {
        Set<String> lines = new TreeSet<>();
        table().routes().stream()
                .filter(route -> route.maxBodyBytes() != RouteTable.USUAL_BODY.toBytes())
                .forEach(route -> lines.add("%s %s takes %d kB"
                        .formatted(route.method(), route.pattern(), route.maxBodyBytes() / BYTES_PER_KB)));
        handlers().flatMap(handler -> handler.cost().stream()).forEach(lines::add);
        return lines;
    }

    @TestFactory
    Stream<DynamicTest> a_query_parameter_that_is_not_known_is_refused_by_name_on_every_route() {
        return handlers()
                .map(handler -> DynamicTest.dynamicTest(handler.name(), () -> {
                    var answer = ask(handler, "nobody-knows-this=1");
                    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
                    assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo("nobody-knows-this");
                    assertThat(answer.body().at("/errors/0/detail").asString()).startsWith("is not known here; ");
                    for (var parameter : handler.parameters()) {
                        assertThat(answer.text()).contains(parameter);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> as_of_tomorrow_is_refused_with_the_same_words_wherever_it_can_be_asked() {
        var tomorrow = service().bean(Clock.class).instant().plus(Duration.ofDays(1));
        var asking = handlers()
                .filter(handler -> handler.parameters().contains(AsOf.PARAMETER))
                .toList();
        var texts = new HashSet<String>();
        return asking.stream()
                .map(handler -> DynamicTest.dynamicTest(handler.name(), () -> {
                    assertThat(handler.takesAsOfItself())
                            .as("it is an AsOf, which the platform reads")
                            .isFalse();
                    var answer = ask(handler, "asOf=" + tomorrow);
                    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
                    assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo("asOf");
                    var detail = answer.body().at("/errors/0/detail").asString();
                    assertThat(detail).startsWith("must not lie in the future");
                    texts.add(detail.replaceFirst("and it is .*", ""));
                    assertThat(texts).hasSize(1);
                }));
    }

    @Test
    void where_there_is_nothing_a_signed_in_caller_is_told_so() {
        var token = service().tokens().token("somebody", Role.AUDITOR);
        for (var path : List.of("/api/" + name() + "/nothing-here", "/nothing", "/api/" + name() + "/nothing/at/all")) {
            var answer = service().get(path, token);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.body().path("type").asString()).isEqualTo("urn:menara:problem:not-found");
            assertThat(answer.body().path("detail").asString()).contains(path);
            assertThat(service().get(path, null).status())
                    .as("to a stranger nothing is told")
                    .isEqualTo(401);
        }
        var route = table().routes().getFirst();
        var path = route.pattern().replaceAll("\\{[^}]+}", SOME_ID);
        var other = service().send("PATCH", path, token, "{}");
        assertThat(other.status()).isEqualTo(405);
        assertThat(other.header("Allow")).contains(route.method().name());
    }

    private Stream<RouteHandler> handlers() {
        return RouteHandler.of(service());
    }

    /** Asked by somebody who may do anything, with that query. */
    private Answer ask(RouteHandler handler, String query) {
        return service()
                .send(
                        handler.verb(),
                        handler.pattern().replaceAll("\\{[^}]+}", SOME_ID) + "?" + query,
                        service().tokens().tokenOf("some-party", "everybody", ALL_OF_THE_HOUSE),
                        handler.verb().equals("GET") ? null : "{}",
                        handler.mediaTypes());
    }

    private int status(Route route, String path, @org.jspecify.annotations.Nullable String token) {
        // An empty object is enough to be let in or turned away; whether it is a good request is another question.
        var body = route.method().equals(HttpMethod.GET) ? null : "{}";
        return service().send(route.method().name(), path, token, body).status();
    }
}
