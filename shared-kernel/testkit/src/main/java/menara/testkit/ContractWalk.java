package menara.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import menara.platform.security.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a service at random for everything that its API document offers, after its examples have made what there is to ask for, and holds every
 * answer to the document. A new route is in it by being in the document. Extend it and give the service, which must be fresh.
 *
 * <p>{@code -Dmenara.seed=…} asks something else.
 */
public abstract class ContractWalk extends ExampleWalk {

    /** The gate asks the same each time; whoever looks for more gives another. */
    private static final long USUAL_SEED = 85;

    private static final int REQUESTS_PER_OPERATION = Integer.getInteger("menara.contract.requests", 4);
    private static final int FAULT = 500;
    private static final int MAX_SHOWN = 40;
    private static final int MAX_BODIES = 40;

    private final JsonMapper json = JsonMapper.builder().build();

    /** Operations that cannot be done here, as {@code GET /api/…/{id}}, and why. */
    protected Map<String, String> outOfReach() {
        return Map.of();
    }

    /** An operation of the document, and what was sent to it and answered well so far. */
    private record Operation(
            String method, PathPattern pattern, JsonNode described, List<JsonNode> bodies, Set<String> tokens) {

        String name() {
            return method + " " + pattern.getPatternString();
        }
    }

    @Test
    void every_answer_to_random_requests_is_as_documented_and_each_operation_is_done_once() {
        long seed = Seeds.of(getClass(), USUAL_SEED);
        var random = new SplittableRandom(seed);
        var document = service().document();
        var operations = operations(document);
        var requests = new RandomRequests(document, random);
        var done = new TreeSet<String>();
        played().forEach(example -> {
            var operation = operationOf(example, operations);
            operation.tokens().add(example.token());
            learn(requests, operation, example.path(), example.body(), example.answer(), done);
        });
        var differences = new TreeMap<String, String>();
        for (int round = 0; round < REQUESTS_PER_OPERATION; round++) {
            for (var operation : operations) {
                var asked = requests.next(
                        operation.pattern().getPatternString(), operation.described(), operation.bodies());
                var answer = service()
                        .ask(
                                operation.method(),
                                asked.path(),
                                token(operation, random),
                                asked.body(),
                                asked.headers().toArray(String[]::new));
                var found = new ArrayList<>(service().differences(operation.method(), answer));
                if (answer.status() == FAULT) {
                    found.add("a fault: " + answer.text());
                }
                found.forEach(difference -> differences.putIfAbsent(
                        "%s %d".formatted(operation.name(), answer.status()),
                        "%s%n  asked %s".formatted(difference, asked)));
                learn(requests, operation, asked.path(), asked.body(), answer, done);
            }
        }
        assertThat(differences.values().stream().limit(MAX_SHOWN))
                .as("answers that are not as documented, seed %d", seed)
                .isEmpty();
        assertThat(operations.stream().map(Operation::name).filter(name -> !done.contains(name)))
                .as("operations that were never done, seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(outOfReach().keySet());
    }

    /** What is said and never answered makes every reader of the document write code for nothing. */
    @Test
    void every_refusal_that_is_documented_is_given_to_somebody() {
        var operations = operations(service().document());
        var refused = new ProvokedRefusals(service());
        played().forEach(example ->
                refused.learn(operationOf(example, operations).name(), example));
        var never = new TreeMap<String, Set<String>>();
        for (var operation : operations) {
            var left = refused.notGiven(operation.method(), operation.pattern(), operation.described());
            if (!left.isEmpty()) {
                never.put(operation.name(), left);
            }
        }
        assertThat(never).as("refusals that nothing brings about").isEmpty();
    }

    private static List<Operation> operations(JsonNode document) {
        var operations = new ArrayList<Operation>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.add(new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                PathPatternParser.defaultInstance.parse(path.getKey()),
                                operation.getValue(),
                                new ArrayList<>(),
                                new TreeSet<>()))));
        return operations;
    }

    private static Operation operationOf(Played example, List<Operation> operations) {
        return operations.stream()
                .filter(operation -> operation.method().equals(example.method().name())
                        && operation.pattern().matches(path(example.path())))
                .min((one, other) -> PathPattern.SPECIFICITY_COMPARATOR.compare(one.pattern(), other.pattern()))
                .orElseThrow();
    }

    private static PathContainer path(String pathAndQuery) {
        return PathContainer.parsePath(URI.create(pathAndQuery).getRawPath());
    }

    private void learn(
            RandomRequests requests,
            Operation operation,
            String path,
            @Nullable String body,
            RunningService.Answer answer,
            Set<String> done) {
        if (answer.status() / 100 != 2) {
            return;
        }
        done.add(operation.name());
        if (!operation.name().endsWith("/asyncapi")) { // speaks of fields, and has none
            requests.learn("", answer.body());
        }
        var matched = operation.pattern().matchAndExtract(path(path));
        if (matched != null) {
            matched.getUriVariables()
                    .forEach((name, value) ->
                            requests.learn(name, json.getNodeFactory().stringNode(value)));
        }
        if (body != null && (body.startsWith("{") || body.startsWith("["))) {
            var sent = json.readTree(body);
            requests.learn("", sent);
            if (operation.bodies().size() < MAX_BODIES) {
                operation.bodies().add(sent);
            }
        }
    }

    /** Mostly of somebody who may, else of anybody, sometimes of nobody. */
    private @Nullable String token(Operation operation, SplittableRandom random) {
        int chance = random.nextInt(100);
        if (chance < 85 && !operation.tokens().isEmpty()) {
            return List.copyOf(operation.tokens())
                    .get(random.nextInt(operation.tokens().size()));
        }
        var roles = List.of(Role.values());
        var role = roles.get(random.nextInt(roles.size()));
        return chance < 97 ? service().tokens().stranger(role) : null;
    }
}
