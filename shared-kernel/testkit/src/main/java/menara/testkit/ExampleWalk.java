package menara.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import menara.platform.documentation.Example;
import menara.platform.documentation.Examples;
import menara.platform.security.Role;
import menara.platform.security.RouteTable;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Plays the examples of a service's API document, in their order, against the service, which must be fresh. Extend it and give the
 * service.
 */
public abstract class ExampleWalk {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");
    private static final String SOME_ID = "00000000-0000-7000-8000-000000000000";

    private final Map<String, String> made = new HashMap<>();
    private final Set<String> undocumented = new TreeSet<>();
    private JsonNode document = MissingNode.getInstance();

    protected abstract RunningService service();

    /** Name of the service: its routes begin with {@code /api/<name>/}. */
    protected abstract String name();

    private Examples examples() {
        return service().bean(Examples.class);
    }

    @Test
    void each_example_is_answered_as_documented() {
        assertThat(examples().all()).isNotEmpty();
        examples().all().forEach(this::play);
        assertThat(undocumented).as("answers that are not as the document says").isEmpty();
    }

    private void play(Example example) {
        var request = example.request();
        var role = Role.ofRealm(request.role()).orElseThrow();
        var token = request.organization() == null
                ? service().tokens().token(request.role(), role)
                : service().tokens().tokenOf(request.organization(), request.organization(), role);
        var body = request.body();
        var answer = service()
                .send(
                        request.method(),
                        filled(request.path()),
                        token,
                        body == null ? null : filled(body.toString()),
                        request.accept() == null ? new String[0] : new String[] {"Accept", request.accept()});

        holdToTheDocument(example, answer);
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
    }

    /** What was played is also what the document says, value by value. */
    private void holdToTheDocument(Example example, RunningService.Answer answer) {
        var place = PathContainer.parsePath(
                PLACEHOLDER.matcher(example.request().place()).replaceAll(SOME_ID));
        var route = service().bean(RouteTable.class).routes().stream()
                .filter(known -> known.method().name().equals(example.request().method())
                        && PathPatternParser.defaultInstance
                                .parse(known.pattern())
                                .matches(place))
                // Of two patterns that match, the one without a variable is meant.
                .min(java.util.Comparator.comparingLong(known ->
                        known.pattern().chars().filter(each -> each == '{').count()))
                .orElseThrow();
        undocumented.addAll(new DocumentedShape(document())
                .differences(route.method().name(), route.pattern(), answer).stream()
                        .map(difference -> "%s %s: %s".formatted(route.method(), route.pattern(), difference))
                        .toList());
    }

    private JsonNode document() {
        if (document.isMissingNode()) {
            document = service().get("/api/%s/openapi".formatted(name()), null).body();
        }
        return document;
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
        var document = service().get("/api/%s/openapi".formatted(name()), null).body();
        Set<String> without = new TreeSet<>();
        for (var route : service().bean(RouteTable.class).routes()) {
            var operation = document.path("paths")
                    .path(route.pattern())
                    .path(route.method().name().toLowerCase(java.util.Locale.ROOT));
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
