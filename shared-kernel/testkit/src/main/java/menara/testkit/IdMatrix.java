package menara.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import menara.platform.security.Role;
import menara.platform.security.RouteTable;
import menara.testkit.RunningService.Answer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Beside the table of who may call a route, the table of whose things may stand in a call: each field of a request that names something of a
 * party, in path, query or body, has a line here. A new field without one fails the build. Extend it and give the service and its
 * table.
 */
public abstract class IdMatrix {

    /** Who calls for a party of its own; everybody else is of the house and may name anything. */
    private static final Set<Role> PARTIES =
            Set.of(Role.TENANT, Role.PARTNER, Role.USAGE_REPORTER, Role.USAGE_BACKFILL);

    protected abstract RunningService service();

    protected abstract List<Line> table();

    /** What is said of a field; {@code route} is verb and pattern, {@code field} as {@link RequestIds} writes it. */
    protected sealed interface Line {
        String route();

        String field();
    }

    /** Only roles of the house may call the route at all; that is looked at. */
    protected record House(String route, String field) implements Line {}

    /** A party may name what it likes there, for a reason. */
    protected record Open(String route, String field, String reason) implements Line {}

    /**
     * A party that names what is another's is answered, to the letter, as if it had named what does not exist.
     *
     * @param ask calls the route as a party, with that in the field
     * @param foreign what belongs to another party
     * @param unknown of the same form, and nobody's
     */
    protected record Confined(String route, String field, Function<String, Answer> ask, String foreign, String unknown)
            implements Line {}

    /** Lines of a route that is the house's, one per field. */
    protected static Stream<Line> ofTheHouse(String route, String... fields) {
        return Arrays.stream(fields).map(field -> new House(route, field));
    }

    /** Lines of fields that are open for the same reason. */
    protected static Stream<Line> open(String reason, String route, String... fields) {
        return Arrays.stream(fields).map(field -> new Open(route, field, reason));
    }

    /** The line of a field in which a party is confined to what is its own. */
    protected static Stream<Line> confined(
            String route, String field, Function<String, Answer> ask, String foreign, String unknown) {
        return Stream.of(new Confined(route, field, ask, foreign, unknown));
    }

    @SafeVarargs
    protected static List<Line> all(Stream<Line>... lines) {
        return Arrays.stream(lines).flatMap(each -> each).toList();
    }

    @Test
    void every_field_that_names_something_of_a_party_has_a_line_and_every_line_such_a_field() {
        var there = new TreeSet<String>();
        var routes = service().bean(RouteTable.class).routes();
        var mappings = service().bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        mappings.getHandlerMethods().forEach((mapping, method) -> {
            for (var route : routes) {
                if (mapping.getPatternValues().contains(route.pattern())
                        && mapping.getMethodsCondition().getMethods().stream()
                                .anyMatch(verb ->
                                        verb.name().equals(route.method().name()))) {
                    RequestIds.of(method).forEach(field -> there.add(said(name(route), field)));
                }
            }
        });
        var listed = new TreeSet<String>();
        table().forEach(line -> assertThat(listed.add(said(line.route(), line.field())))
                .as("a second line for %s %s", line.route(), line.field())
                .isTrue());

        assertThat(listed)
                .as("say of each field whether it is of the house, confined, or open and why")
                .isEqualTo(there);
    }

    @Test
    void what_is_said_to_be_of_the_house_no_party_may_call() {
        for (var line : table()) {
            if (line instanceof House(var route, var field)) {
                var roles = service().bean(RouteTable.class).routes().stream()
                        .filter(found -> name(found).equals(route))
                        .flatMap(found -> found.roles().stream())
                        .toList();
                assertThat(roles).as("%s %s", route, field).isNotEmpty().doesNotContainAnyElementsOf(PARTIES);
            }
            if (line instanceof Open open) {
                assertThat(open.reason()).isNotBlank();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> what_is_anothers_is_answered_like_what_does_not_exist() {
        return table().stream()
                .flatMap(line -> line instanceof Confined confined ? Stream.of(confined) : Stream.empty())
                .map(line -> DynamicTest.dynamicTest(said(line.route(), line.field()), () -> {
                    var foreign = line.ask().apply(line.foreign());
                    var unknown = line.ask().apply(line.unknown());
                    assertThat(foreign.status()).as(unknown.text()).isEqualTo(unknown.status());
                    assertThat(foreign.status())
                            .as(foreign.text())
                            .isLessThan(500)
                            .isNotIn(401, 403);
                    assertThat(bare(foreign, line.foreign())).isEqualTo(bare(unknown, line.unknown()));
                }));
    }

    /** What is different in any two answers: the id that was asked for, and the ids of the requests. */
    private static String bare(Answer answer, String id) {
        return answer.text().replace(id, "…").replaceAll("\"(correlationId|instance|asOf)\":\"[^\"]*\"", "");
    }

    private static String name(RouteTable.Route route) {
        return route.method() + " " + route.pattern();
    }

    private static String said(String route, String field) {
        return route + " " + field;
    }
}
