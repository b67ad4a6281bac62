package menara.capacity.campus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import menara.capacity.layout.PhaseClassified;
import menara.values.PhaseId;
import org.junit.jupiter.api.Test;

class StepsTest {

    @Test
    void the_campus_remembers_the_last_steps_and_no_more() {
        var campus = Scenes.campus(Scenes.phase("p1", Scenes.NVL72));
        for (int i = 0; i < Campus.REMEMBERED + 5; i++) {
            campus = campus.evolve(classified(i));
        }
        campus = campus.evolve(classified(Campus.REMEMBERED)); // read again

        assertThat(campus.steps()).hasSize(Campus.REMEMBERED);
        assertThat(campus.took(step(4))).isFalse();
        assertThat(campus.took(step(5))).isTrue();
        assertThat(campus.took(step(Campus.REMEMBERED + 4))).isTrue();
    }

    private static PhaseClassified classified(int step) {
        return new PhaseClassified(new PhaseId("p1"), 1, step(step), Scenes.NOW);
    }

    private static UUID step(int number) {
        return new UUID(1, number);
    }
}
