package menara.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import menara.architecture.MainJobPage.Arrow;
import menara.architecture.MainJobPage.Fact;
import menara.architecture.MainJobPage.Slice;
import menara.architecture.MainJobPage.Step;
import menara.architecture.ServiceFacts.Listening;
import org.junit.jupiter.api.Test;

/** The page of the main job says what the sources say, and leaves out no event that one service tells another. */
class MainJobPageTest {

    private static final Map<String, ServiceFacts> SERVICES =
            Sources.SERVICES.stream().collect(Collectors.toMap(Function.identity(), ServiceFacts::new));

    private final MainJobPage page = MainJobPage.read();

    @Test
    void the_steps_are_numbered_one_after_the_other_and_each_has_its_slice() {
        assertThat(page.steps())
                .extracting(Step::number)
                .isEqualTo(IntStream.rangeClosed(1, page.steps().size()).boxed().toList());
        assertThat(page.steps()).isNotEmpty().allSatisfy(step -> {
            assertThat(step.slices()).as("slices of %s", step).isNotEmpty();
            assertThat(Stream.concat(step.roles().stream(), step.actors().stream()))
                    .as("who does %s", step)
                    .isNotEmpty();
        });
    }

    @Test
    void every_slice_that_is_named_is_a_package_of_its_service() {
        holds(step -> step.allSlices().stream()
                .filter(slice -> Optional.ofNullable(SERVICES.get(slice.service()))
                        .filter(service -> service.has(slice))
                        .isEmpty())
                .map(slice -> "no such slice: " + slice));
    }

    @Test
    void every_event_is_stored_by_the_service_of_its_step() {
        holds(step -> {
            var stored = facts(step).stored();
            return Stream.concat(
                    step.facts().stream()
                            .map(Fact::stored)
                            .filter(event -> !stored.contains(event))
                            .map(event -> "not stored: " + event),
                    step.facts().isEmpty() && !step.storesNothing()
                            ? Stream.of("neither events nor none")
                            : Stream.of());
        });
    }

    @Test
    void every_event_is_published_as_the_page_says() {
        holds(step -> {
            var published = facts(step).published();
            var translated = published.stream().map(Fact::stored).collect(Collectors.toSet());
            return step.facts().stream()
                    .filter(fact -> fact.published().isPresent()
                            ? !published.contains(fact)
                            : translated.contains(fact.stored()))
                    .map(fact -> "published otherwise: " + fact);
        });
    }

    @Test
    void every_command_is_one_of_its_service_and_goes_through_a_route_of_its_slice() {
        holds(step -> {
            var endpoints = facts(step).endpoints();
            var slices = step.slices().stream().map(Slice::name).collect(Collectors.toSet());
            return step.asks().stream()
                    .filter(ask ->
                            endpoints.getOrDefault(ask, Set.of()).stream().noneMatch(slices::contains))
                    .map(ask -> "no such route of the slice: " + ask);
        });
        holds(step -> step.messages().stream()
                .filter(message -> !facts(step).commands().contains(message) && !triggers(step, message))
                .map(message -> "neither a command nor a trigger: " + message));
    }

    @Test
    void every_role_may_call_what_its_step_asks() {
        holds(step -> {
            var roles = facts(step).roles();
            return step.asks().stream()
                    .flatMap(ask -> step.roles().stream()
                            .filter(role -> !roles.getOrDefault(ask, Set.of()).contains(role))
                            .map(role -> role + " may not call " + ask));
        });
    }

    @Test
    void every_policy_and_every_reader_is_there() {
        holds(step -> step.policies().stream()
                .filter(policy -> facts(step).handledBy(policy).isEmpty())
                .map(policy -> "no such policy: " + policy));
        holds(step -> {
            var types = facts(step).types();
            return Stream.concat(step.actors().stream(), step.readers().stream())
                    .filter(type -> !types.contains(type))
                    .map(type -> "no such type: " + type);
        });
    }

    @Test
    void every_question_is_answered() {
        var all = SERVICES.values().stream()
                .flatMap(service -> service.endpoints().keySet().stream())
                .collect(Collectors.toSet());
        holds(step -> step.questions().stream()
                .filter(question -> !all.contains(question))
                .map(question -> "nobody answers " + question));
    }

    @Test
    void every_event_that_one_service_tells_another_is_on_the_page_with_its_listener() {
        assertThat(heard())
                .isNotEmpty()
                .filteredOn(listening -> page.steps().stream().noneMatch(step -> tells(step, listening)))
                .as("add these to %s: no step publishes the event and names the slice that listens", MainJobPage.PATH)
                .isEmpty();
    }

    @Test
    void every_arrow_of_the_diagram_is_an_event_that_is_heard() {
        var heard = heard().stream()
                .map(each -> new Arrow(each.publisher(), each.listener().service(), each.event()))
                .collect(Collectors.toSet());
        assertThat(page.arrows()).isNotEmpty().isSubsetOf(heard);
    }

    private static List<Listening> heard() {
        return SERVICES.values().stream()
                .flatMap(service -> service.hears().stream())
                .toList();
    }

    private static boolean tells(Step step, Listening listening) {
        return step.service().equals(listening.publisher())
                && step.facts().stream().map(Fact::published).anyMatch(Optional.of(listening.event())::equals)
                && Slice.in(step.readBy()).contains(listening.listener());
    }

    private static boolean triggers(Step step, String event) {
        return step.policies().stream()
                .anyMatch(
                        policy -> facts(step).handledBy(policy).orElse(Set.of()).contains(event));
    }

    private static ServiceFacts facts(Step step) {
        return Optional.ofNullable(SERVICES.get(step.service()))
                .orElseThrow(() -> new AssertionError("no service has the slice of " + step));
    }

    /** No step has anything to complain about. */
    private void holds(Function<Step, Stream<String>> complaints) {
        assertThat(page.steps().stream()
                        .flatMap(step -> complaints
                                .apply(step)
                                .map(complaint -> "step %d: %s".formatted(step.number(), complaint))))
                .isEmpty();
    }
}
