package menara.capacity.envelope;

import static menara.capacity.campus.Scenes.day;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import menara.capacity.envelope.EnvelopeDocuments.Promise;
import menara.capacity.envelope.EnvelopeView.Node;
import menara.capacity.envelope.PhaseView.Commissioning;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvelopeQueryTest {

    private static final PhaseId P1 = new PhaseId("p1");
    private static final NodeId H1 = new NodeId("h1");

    @Test
    void each_node_shows_its_limit_what_is_promised_and_what_is_left_on_its_path() {
        var view = EnvelopeQuery.at(
                day(5), day(9), List.of(phase()), List.of(hall()), List.of(new Promise(H1, P1, Power.watts(30))));

        assertThat(view.nodes())
                .containsExactly(
                        node("menara", "site", null, 100, 30, 70),
                        node("p1", "phase", "menara", 100, 30, 70),
                        node("h1", "hall", "p1", 500, 30, 70));
    }

    @Test
    void power_released_later_is_not_there_yet() {
        assertThat(limitOfPhase(day(9), day(9))).isEqualTo(100);
        assertThat(limitOfPhase(day(10), day(10))).isEqualTo(150);
        assertThat(limitOfPhase(day(0).minusMillis(1), day(10))).isZero();
    }

    @Test
    void what_was_recorded_later_was_not_known_then() {
        assertThat(limitOfPhase(day(20), day(1))).isEqualTo(100);
        assertThat(limitOfPhase(day(20), day(2))).isEqualTo(150);
    }

    private static long limitOfPhase(Instant at, Instant asOf) {
        return EnvelopeQuery.at(at, asOf, List.of(phase()), List.of(), List.of())
                .nodes()
                .get(1)
                .limit()
                .watts();
    }

    /** 100 W from day 0, recorded on day 0; 50 W more from day 10, recorded on day 2. */
    private static PhaseView phase() {
        return new PhaseView(
                P1,
                "Phase 1",
                Power.watts(1_000),
                LocalDate.of(2026, 1, 1),
                Power.watts(150),
                List.of(
                        new Commissioning(Power.watts(100), day(0), day(0)),
                        new Commissioning(Power.watts(50), day(10), day(2))));
    }

    private static HallView hall() {
        return new HallView(H1, P1, Power.watts(500), day(0));
    }

    private static Node node(String node, String kind, @Nullable String parent, long... watts) {
        return new Node(
                new NodeId(node),
                kind,
                parent == null ? null : new NodeId(parent),
                Power.watts(watts[0]),
                Power.watts(watts[1]),
                Power.watts(watts[2]));
    }
}
