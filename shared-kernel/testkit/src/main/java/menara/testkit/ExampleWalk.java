package menara.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import menara.platform.documentation.Example;
import menara.platform.documentation.Examples;
import menara.platform.security.Role;
import menara.platform.security.RouteTable;
import menara.testkit.RunningService.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;

/**
 * Plays the examples of a service's API document, in their order, against the service, which must be fresh. Extend it and give the
 * service.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ExampleWalk {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SOME_ID = "00000000-0000-7000-8000-000000000000";

    private final Map<String, String> made = new HashMap<>();
    private final List<Played> played = new ArrayList<>();

    /**
     * An example as it was really sent.
     *
     * @param path with its query
     * @param body empty if there was none
     * @param headers name, value, name, value
     */
    record Played(HttpMethod method, String path, String token, String body, List<String> headers, Answer answer) {}

    protected abstract RunningService service();

    private Examples examples() {
        return service().bean(Examples.class);
    }

    @Test
    void each_example_is_answered_as_documented() {
        assertThat(played()).isNotEmpty();
    }

    /** What came of the examples, which can be played once. */
    final List<Played> played() {
        if (played.isEmpty()) {
            examples().all().forEach(example -> played.add(play(example)));
        }
        return played;
    }

    /** What is read may follow a moment after what was written. */
    private Played play(Example example) {
        if (!example.request().method().equals("GET")) {
            return send(example);
        }
        var answered = new AtomicReference<Played>();
        await().atMost(LIMIT).untilAsserted(() -> answered.set(send(example)));
        return Objects.requireNonNull(answered.get());
    }

    private Played send(Example example) {
        var request = example.request();
        var role = Role.ofRealm(request.role()).orElseThrow();
        var token = request.organization() == null
                ? service().tokens().token(request.role(), role)
                : service().tokens().tokenOf(request.organization(), request.organization(), role);
        var path = filled(request.path());
        var body = request.body() == null ? "" : filled(request.body().toString());
        var headers = headers(request);
        var answer = service()
                .send(request.method(), path, token, body.isEmpty() ? null : body, headers.toArray(String[]::new));
        assertThat(answer.status())
                .as("%s: %s", example.summary(), answer.text())
                .isEqualTo(example.response().status());
        var documented = example.response().body();
        if (documented != null) {
            if (request.accept() == null) {
                compare(example.summary(), "", documented, answer.body());
            } else {
                assertThat(answer.text()).as(example.summary()).isEqualTo(filled(documented.asString()));
            }
        }
        return new Played(HttpMethod.valueOf(request.method()), path, token, body, headers, answer);
    }

    private static List<String> headers(Example.Request request) {
        var headers = new ArrayList<String>();
        if (request.accept() != null) {
            headers.addAll(List.of("Accept", request.accept()));
        }
        if (request.contentType() != null) {
            headers.addAll(List.of("Content-Type", request.contentType()));
        }
        return List.copyOf(headers);
    }

    private String filled(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> made.getOrDefault(found.group(1), found.group()));
    }

    private void compare(String summary, String where, JsonNode documented, JsonNode answered) {
        if (documented.isObject() && answered.isObject()) {
            assertThat(fields(answered)).as("%s: fields of %s/", summary, where).isEqualTo(fields(documented));
            documented
                    .properties()
                    .forEach(field -> compare(
                            summary, where + "/" + field.getKey(), field.getValue(), answered.path(field.getKey())));
        } else if (documented.isArray() && answered.isArray()) {
            assertThat(answered.size()).as("%s: length of %s", summary, where).isEqualTo(documented.size());
            for (int i = 0; i < documented.size(); i++) {
                compare(summary, where + "/" + i, documented.path(i), answered.path(i));
            }
        } else if (documented.isString()
                && PLACEHOLDER.matcher(documented.asString()).matches()) {
            var name = documented.asString().substring(1, documented.asString().length() - 1);
            var known = made.putIfAbsent(name, answered.asString());
            assertThat(answered.asString())
                    .as("%s: %s", summary, where)
                    .isEqualTo(known == null ? answered.asString() : known);
        } else if (documented.isString()) {
            assertThat(answered.asString()).as("%s: %s", summary, where).isEqualTo(filled(documented.asString()));
        } else {
            assertThat(answered).as("%s: %s", summary, where).isEqualTo(documented);
        }
    }

    private static Set<String> fields(JsonNode object) {
        return new TreeSet<>(object.propertyNames());
    }

    @Test
    void each_route_has_an_example_in_the_api_document() {
        var document = service().document();
        Set<String> without = new TreeSet<>();
        for (var route : service().bean(RouteTable.class).routes()) {
            var operation = document.path("paths")
                    .path(route.pattern())
                    .path(route.method().name().toLowerCase(Locale.ROOT));
            if (operation.path("summary").asString("").isEmpty()) {
                without.add(route.method() + " " + route.pattern());
            }
        }
        assertThat(without).isEmpty();
    }

    @Test
    void each_example_belongs_to_a_route() {
        assertThat(examples().all()).allSatisfy(example -> {
            var place = PathContainer.parsePath(
                    PLACEHOLDER.matcher(example.request().place()).replaceAll(SOME_ID));
            assertThat(service().bean(RouteTable.class).routes())
                    .as(example.summary())
                    .anySatisfy(route -> {
                        assertThat(route.method().name())
                                .isEqualTo(example.request().method());
                        assertThat(PathPatternParser.defaultInstance
                                        .parse(route.pattern())
                                        .matches(place))
                                .isTrue();
                    });
        });
    }
}
