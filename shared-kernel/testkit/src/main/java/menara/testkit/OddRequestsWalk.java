package menara.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import menara.platform.security.Role;
import menara.testkit.RunningService.Answer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;

/**
 * No request of a client is ever a fault of ours: odd requests at random to every route of a running service. Each is answered 2xx or refused with
 * a problem that says which field is at fault. Extend it and give the service, with something in it.
 */
public abstract class OddRequestsWalk {

    /** To each route. */
    private static final int REQUESTS = Integer.getInteger("menara.odd-requests", 5);

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");
    private static final Set<Role> CONFINED =
            Set.of(Role.TENANT, Role.PARTNER, Role.USAGE_REPORTER, Role.USAGE_BACKFILL);
    private static final int SHOWN = 400;

    private int answered;
    private int refused;

    protected abstract RunningService service();

    /** Names and ids of things that are there, so that requests come further than their form. */
    protected abstract List<String> names();

    /** The organization that parties call for. */
    protected abstract String party();

    @TestFactory
    Stream<DynamicTest> an_odd_request_is_answered_or_refused_with_a_problem_that_names_what_is_wrong() {
        long seed = Seeds.of(getClass());
        var walks = RouteHandler.of(service())
                .map(handler -> DynamicTest.dynamicTest(handler.name() + " seed " + seed, () -> {
                    var random = new SplittableRandom(seed ^ handler.name().hashCode());
                    for (int i = 0; i < REQUESTS; i++) {
                        ask(handler, random, new OddValues(random, names()));
                    }
                }));
        return Stream.concat(walks, Stream.of(DynamicTest.dynamicTest("some were answered and some refused", () -> {
            assertThat(answered).isPositive();
            assertThat(refused).isPositive();
        })));
    }

    private void ask(RouteHandler handler, SplittableRandom random, OddValues values) {
        var path = path(handler, values) + query(handler, random, values);
        var body = handler.verb().equals("GET") ? null : body(handler, values);
        var roles = handler.roles().stream().sorted().toList();
        var role = roles.get(random.nextInt(roles.size()));
        var token = CONFINED.contains(role)
                ? service().tokens().memberOf(party(), role)
                : service().tokens().token(role.realmName(), role);
        var answer = service().send(handler.verb(), path, token, body, handler.mediaTypes());
        hold("%s %s%n%s%n".formatted(handler.verb(), shown(path), body == null ? "" : shown(body)), answer);
    }

    private void hold(String asked, Answer answer) {
        assertThat(answer.status()).as(asked + answer.text()).isBetween(200, 499);
        if (answer.status() < 400) {
            answered++;
        } else {
            refused++;
            assertThat(answer.header("Content-Type")).as(asked + answer.text()).startsWith("application/problem+json");
            assertThat(answer.body().path("type").asString())
                    .as(asked + answer.text())
                    .startsWith("urn:menara:problem:");
            assertThat(answer.body().path("detail").asString()).as(asked).isNotBlank();
        }
        if (answer.status() == 400) {
            assertThat(answer.body().at("/errors/0/field").isString())
                    .as(asked + answer.text())
                    .isTrue();
        }
    }

    private String path(RouteHandler handler, OddValues values) {
        return VARIABLE.matcher(handler.pattern()).replaceAll(found -> {
            var type = parameters(handler)
                    .filter(parameter -> parameter.hasParameterAnnotation(PathVariable.class)
                            && found.group(1).equals(named(parameter)))
                    .<Type>map(MethodParameter::getGenericParameterType)
                    .findFirst()
                    .orElse(String.class);
            // What has a slash or a dot segment in it is another path; that is looked at elsewhere.
            var text = values.text(type).replaceAll("[/\\\\.%;\\x00]", "");
            return encoded(text.isBlank() || text.length() > SHOWN ? "x" : text);
        });
    }

    private static String named(MethodParameter parameter) {
        var variable = parameter.getParameterAnnotation(PathVariable.class);
        return variable == null || variable.name().isEmpty()
                ? String.valueOf(parameter.getParameter().getName())
                : variable.name();
    }

    private static String query(RouteHandler handler, SplittableRandom random, OddValues values) {
        var parts = new ArrayList<String>();
        parameters(handler)
                .forEach(parameter -> RouteHandler.parameter(parameter).ifPresent(name -> {
                    int times = random.nextInt(8) == 0 ? 2 : random.nextInt(4) == 0 ? 0 : 1;
                    for (int i = 0; i < times; i++) {
                        var text = values.text(parameter.getGenericParameterType());
                        parts.add(name + "=" + encoded(text.length() > SHOWN ? text.substring(0, SHOWN) : text));
                    }
                }));
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static String body(RouteHandler handler, OddValues values) {
        return parameters(handler)
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class)
                        || HttpEntity.class.isAssignableFrom(parameter.getParameterType()))
                .map(parameter -> values.body(parameter.getGenericParameterType()))
                .findFirst()
                .orElseGet(() -> values.body(Object.class));
    }

    private static Stream<MethodParameter> parameters(RouteHandler handler) {
        return Stream.of(handler.method().getMethodParameters());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
