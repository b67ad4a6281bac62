package menara.capacity.envelope;

import static menara.capacity.campus.Scenes.day;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import menara.capacity.campus.Scenes;
import menara.capacity.documents.MongoForTests;
import menara.capacity.layout.PhasePostponed;
import menara.capacity.layout.PowerCommissioned;
import menara.values.PhaseId;
import menara.values.Power;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EnvelopeReadModelTest {

    @RegisterExtension
    static final MongoForTests MONGO = new MongoForTests();

    private static final PhaseId P1 = new PhaseId("p1");

    private final EnvelopeReadModel documents = new EnvelopeReadModel(MONGO.database());

    @BeforeEach
    void tell() {
        for (int times = 0; times < 2; times++) { // a replay changes nothing
            documents.on(Scenes.phase("p1", Power.watts(1_000)));
            documents.on(release(1, 100, 100, day(0)));
            documents.on(release(2, 50, 150, day(10)));
            documents.on(Scenes.hall("h1", "p1", Power.watts(500)));
        }
    }

    @Test
    void a_phase_shows_its_releases_in_the_order_in_which_they_were_recorded() {
        assertThat(documents.phase(P1)).hasValueSatisfying(phase -> {
            assertThat(phase.released()).isEqualTo(Power.watts(150));
            assertThat(phase.commissionings())
                    .extracting(PhaseView.Commissioning::at)
                    .containsExactly(day(0), day(10));
        });
        assertThat(documents.phase(new PhaseId("p9"))).isEmpty();
    }

    @Test
    void a_phase_that_slips_shows_its_new_date_and_when_its_power_comes() {
        documents.on(new PhasePostponed(
                P1,
                LocalDate.of(2026, 3, 1),
                List.of(new PhasePostponed.MovedRelease(new UUID(0, 2), Power.watts(50), Scenes.days(10, 59))),
                "late",
                UUID.randomUUID(),
                day(3)));

        assertThat(documents.phase(P1)).hasValueSatisfying(phase -> {
            assertThat(phase.plannedFrom()).isEqualTo(LocalDate.of(2026, 3, 1));
            assertThat(phase.commissionings())
                    .extracting(PhaseView.Commissioning::at)
                    .containsExactly(day(0), day(59));
        });
    }

    private static PowerCommissioned release(int number, long watts, long total, Instant effectiveAt) {
        return new PowerCommissioned(
                P1, new UUID(0, number), Power.watts(watts), Power.watts(total), effectiveAt, day(0));
    }
}
