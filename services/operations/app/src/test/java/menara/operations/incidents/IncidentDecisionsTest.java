package menara.operations.incidents;

import static menara.operations.incidents.IncidentKind.COOLING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import menara.operations.incidents.Incident.None;
import menara.operations.incidents.IncidentCommands.CorrectIncident;
import menara.operations.incidents.IncidentCommands.OpenIncident;
import menara.operations.incidents.IncidentCommands.ResolveIncident;
import menara.values.IncidentId;
import menara.values.Period;
import menara.values.RackId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentDecisionsTest {

    private static final IncidentId ID = new IncidentId(new UUID(1, 1));
    private static final List<RackId> RACKS = List.of(new RackId("r1"), new RackId("r2"));
    private static final Instant START = Instant.parse("2026-03-10T08:00:00Z");
    private static final Instant END = Instant.parse("2026-03-10T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final UUID STEP = new UUID(2, 1);
    private static final UUID OTHER_STEP = new UUID(2, 2);
    private static final UUID THIRD_STEP = new UUID(2, 3);
    private static final OpenIncident OPEN = new OpenIncident(ID, COOLING, "pump failed", 2, RACKS, START, NOW);
    private static final IncidentOpened REPORTED = new IncidentOpened(ID, COOLING, "pump failed", 2, RACKS, START, NOW);
    private static final IncidentResolved ENDED =
            new IncidentResolved(ID, 2, RACKS, Period.between(START, END), STEP, NOW);

    @Test
    void opening_reports_the_incident() {
        assertThat(IncidentDecisions.decide(OPEN, after())).containsExactly(REPORTED);
    }

    @Test
    void opening_again_with_the_same_id_is_a_retry() {
        assertThat(IncidentDecisions.decide(OPEN, after(REPORTED))).isEmpty();
        assertThat(IncidentDecisions.decide(OPEN, after(REPORTED, ENDED))).isEmpty();
    }

    @Test
    void fractions_of_a_second_are_cut_off() {
        var opened = IncidentDecisions.decide(openAt(START.plusMillis(999)), after());
        var resolved = IncidentDecisions.decide(resolve(END.plusMillis(1)), after(REPORTED));

        assertThat(opened).containsExactly(REPORTED);
        assertThat(resolved).containsExactly(ENDED);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 5, Integer.MAX_VALUE})
    void a_severity_outside_one_to_four_is_refused(int severity) {
        var command = new OpenIncident(ID, COOLING, "pump failed", severity, RACKS, START, NOW);

        assertRefusedFor("severity", () -> IncidentDecisions.decide(command, after()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void severities_one_to_four_are_taken(int severity) {
        var command = new OpenIncident(ID, COOLING, "pump failed", severity, RACKS, START, NOW);

        assertThat(IncidentDecisions.decide(command, after())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "two\nlines"})
    void a_title_that_is_not_one_line_is_refused(String title) {
        var command = new OpenIncident(ID, COOLING, title, 2, RACKS, START, NOW);

        assertRefusedFor("title", () -> IncidentDecisions.decide(command, after()));
    }

    @Test
    void a_title_has_at_most_two_hundred_characters() {
        Function<Integer, OpenIncident> titled =
                n -> new OpenIncident(ID, COOLING, "x".repeat(n), 2, RACKS, START, NOW);

        assertThat(IncidentDecisions.decide(titled.apply(200), after())).hasSize(1);
        assertRefusedFor("title", () -> IncidentDecisions.decide(titled.apply(201), after()));
    }

    @Test
    void an_incident_names_one_to_five_thousand_different_racks() {
        Function<List<RackId>, OpenIncident> on =
                racks -> new OpenIncident(ID, COOLING, "pump failed", 2, racks, START, NOW);

        assertRefusedFor("racks", () -> IncidentDecisions.decide(on.apply(List.of()), after()));
        assertRefusedFor("racks", () -> IncidentDecisions.decide(on.apply(racks(5_001)), after()));
        assertRefusedFor(
                "racks",
                () -> IncidentDecisions.decide(on.apply(List.of(new RackId("r1"), new RackId("r1"))), after()));
        assertThat(IncidentDecisions.decide(on.apply(racks(5_000)), after())).hasSize(1);
    }

    @Test
    void an_outage_cannot_begin_in_the_future_nor_before_living_memory() {
        assertRefusedFor("startedAt", () -> IncidentDecisions.decide(openAt(NOW.plusSeconds(1)), after()));
        assertRefusedFor(
                "startedAt", () -> IncidentDecisions.decide(openAt(Instant.parse("0026-03-10T08:00:00Z")), after()));
        assertThat(IncidentDecisions.decide(openAt(NOW), after())).hasSize(1);
    }

    @Test
    void resolving_ends_the_outage() {
        assertThat(IncidentDecisions.decide(resolve(END), after(REPORTED))).containsExactly(ENDED);
    }

    @Test
    void resolving_twice_at_the_same_time_is_harmless() {
        assertThat(IncidentDecisions.decide(resolve(END, OTHER_STEP), after(REPORTED, ENDED)))
                .isEmpty();
    }

    @Test
    void resolving_again_at_another_time_breaks_a_rule() {
        assertThatThrownBy(
                        () -> IncidentDecisions.decide(resolve(END.plusSeconds(1), OTHER_STEP), after(REPORTED, ENDED)))
                .isInstanceOfSatisfying(
                        RuleViolated.class, e -> assertThat(e.rule()).isEqualTo("incident-already-resolved"));
    }

    @Test
    void an_outage_ends_after_it_began_and_not_in_the_future() {
        var open = after(REPORTED);

        assertRefusedFor("resolvedAt", () -> IncidentDecisions.decide(resolve(START), open));
        assertRefusedFor("resolvedAt", () -> IncidentDecisions.decide(resolve(START.minusSeconds(1)), open));
        assertRefusedFor("resolvedAt", () -> IncidentDecisions.decide(resolve(START.plusMillis(999)), open));
        assertRefusedFor("resolvedAt", () -> IncidentDecisions.decide(resolve(NOW.plusMillis(1)), open));
        assertThat(IncidentDecisions.decide(resolve(NOW), open)).hasSize(1);
    }

    @Test
    void what_was_never_opened_cannot_be_found() {
        assertThatThrownBy(() -> IncidentDecisions.decide(resolve(END), after()))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> IncidentDecisions.decide(correct(START, END, RACKS), after()))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void an_open_incident_is_resolved_before_it_is_corrected() {
        assertThatThrownBy(() -> IncidentDecisions.decide(correct(START, END, RACKS), after(REPORTED)))
                .isInstanceOfSatisfying(
                        RuleViolated.class, e -> assertThat(e.rule()).isEqualTo("incident-still-open"));
    }

    @Test
    void correcting_replaces_the_outage_with_a_growing_revision() {
        var shorter = END.minusSeconds(60);
        var one = List.of(new RackId("r1"));

        var first = IncidentDecisions.decide(correct(START, shorter, one), after(REPORTED, ENDED));
        assertThat(first)
                .containsExactly(new IncidentCorrected(
                        ID, 2, one, Period.between(START, shorter), "clock was wrong", "amina", 2, OTHER_STEP, NOW));

        var second = IncidentDecisions.decide(
                correct(START, END, one, THIRD_STEP), after(REPORTED, ENDED, first.getFirst()));
        assertThat(second)
                .containsExactly(new IncidentCorrected(
                        ID, 2, one, Period.between(START, END), "clock was wrong", "amina", 3, THIRD_STEP, NOW));
    }

    @Test
    void correcting_to_what_is_recorded_changes_nothing() {
        assertThat(IncidentDecisions.decide(correct(START, END, RACKS.reversed()), after(REPORTED, ENDED)))
                .isEmpty();
    }

    @Test
    void a_correction_keeps_the_rules_of_an_outage() {
        var resolved = after(REPORTED, ENDED);

        assertRefusedFor("resolvedAt", () -> IncidentDecisions.decide(correct(END, START, RACKS), resolved));
        assertRefusedFor(
                "startedAt", () -> IncidentDecisions.decide(correct(NOW.plusSeconds(1), NOW, RACKS), resolved));
        assertRefusedFor("racks", () -> IncidentDecisions.decide(correct(START, END, List.of()), resolved));
        assertRefusedFor(
                "reason",
                () -> IncidentDecisions.decide(
                        new CorrectIncident(ID, RACKS, START, NOW, " ", "amina", OTHER_STEP, NOW), resolved));
    }

    @Test
    void a_step_taken_before_decides_nothing_and_is_answered_as_it_was_whatever_came_later() {
        var one = List.of(new RackId("r1"));
        var first = IncidentDecisions.decide(correct(START, END, one, OTHER_STEP), after(REPORTED, ENDED));
        var corrected = after(REPORTED, ENDED, first.getFirst());
        var second = IncidentDecisions.decide(correct(START, END, RACKS, THIRD_STEP), corrected);
        var now = after(REPORTED, ENDED, first.getFirst(), second.getFirst());

        assertThat(IncidentDecisions.decide(resolve(END), now)).isEmpty();
        assertThat(IncidentDecisions.decide(correct(START, END, one, OTHER_STEP), now))
                .isEmpty();
        assertThat(now.opened()).isEqualTo(after(REPORTED));
        assertThat(now.after(STEP)).isEqualTo(after(REPORTED, ENDED));
        assertThat(now.after(OTHER_STEP)).isEqualTo(corrected);
        assertThat(now.after(THIRD_STEP)).isEqualTo(now);
        assertThat(now.after(new UUID(2, 9))).isEqualTo(now);
    }

    private static Incident after(IncidentEvent... events) {
        Incident incident = new None();
        for (var event : events) {
            incident = Incident.evolve(incident, event);
        }
        return incident;
    }

    private static OpenIncident openAt(Instant startedAt) {
        return new OpenIncident(ID, COOLING, "pump failed", 2, RACKS, startedAt, NOW);
    }

    private static ResolveIncident resolve(Instant resolvedAt) {
        return resolve(resolvedAt, STEP);
    }

    private static ResolveIncident resolve(Instant resolvedAt, UUID step) {
        return new ResolveIncident(ID, resolvedAt, step, NOW);
    }

    private static CorrectIncident correct(Instant startedAt, Instant resolvedAt, List<RackId> racks) {
        return correct(startedAt, resolvedAt, racks, OTHER_STEP);
    }

    private static CorrectIncident correct(Instant startedAt, Instant resolvedAt, List<RackId> racks, UUID step) {
        return new CorrectIncident(ID, racks, startedAt, resolvedAt, "clock was wrong", "amina", step, NOW);
    }

    private static List<RackId> racks(int count) {
        return IntStream.range(0, count).mapToObj(n -> new RackId("r" + n)).toList();
    }

    private static void assertRefusedFor(String field, ThrowingCallable decision) {
        assertThatThrownBy(decision)
                .isInstanceOfSatisfying(
                        InvalidField.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
