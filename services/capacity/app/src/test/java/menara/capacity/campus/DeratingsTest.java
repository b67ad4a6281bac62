package menara.capacity.campus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.capacity.deratings.DeratingCause;
import menara.capacity.deratings.PowerDerated;
import menara.capacity.deratings.PowerRestored;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.Power;
import org.junit.jupiter.api.Test;

/** A campus that runs for decades has thousands of losses behind it, and decides by those that last. */
class DeratingsTest {

    private static final Power LIMIT = Power.kilowatts(1_000);
    private static final Power LOST = Power.kilowatts(100);
    private static final int OVER = Campus.REMEMBERED_DERATINGS + 20;

    private final Campus built = Scenes.campus(
            Scenes.phase("p1", LIMIT), Scenes.released("p1", LIMIT, Scenes.NOW), Scenes.hall("h1", "p1", LIMIT));

    @Test
    void of_the_deratings_that_are_over_the_last_are_held_and_those_that_last_all() {
        var lasting = derated(0, hour(0), Timeline.LAST);
        var campus = built.evolve(lasting);
        for (int i = 1; i <= OVER; i++) {
            campus = campus.evolve(derated(i, hour(i), hour(i + 1)));
        }

        // The last is not over yet, and the one before it ends as it begins.
        assertThat(campus.deratings()).hasSize(Campus.REMEMBERED_DERATINGS + 2).containsKey(lasting.derating());
        assertThat(campus.deratings()).containsKey(id(OVER)).doesNotContainKey(id(1));
    }

    @Test
    void what_is_free_is_as_if_nothing_was_forgotten() {
        var campus = built.evolve(derated(0, hour(0), Timeline.LAST));
        for (int i = 1; i <= OVER; i++) {
            campus = campus.evolve(derated(i, hour(i), hour(i + 1)));
        }

        assertThat(campus.free("h1").at(hour(OVER))).as("two are lost now").isEqualTo(800_000);
        assertThat(campus.free("h1").at(hour(OVER + 1))).as("one for good").isEqualTo(900_000);
        assertThat(campus.free("h1").at(hour(1)))
                .as("a forgotten one takes nothing away where nothing tells of it")
                .isEqualTo(900_000);
    }

    @Test
    void the_derating_that_is_being_restored_is_there_to_be_told_of_however_long_ago_it_ended() {
        var campus = built.evolve(derated(0, hour(0), Timeline.LAST));
        for (int i = 1; i <= OVER; i++) {
            campus = campus.evolve(derated(i, hour(i), hour(i + 1)));
        }
        var restored = campus.evolve(new PowerRestored(
                id(0),
                new NodeId("h1"),
                LOST,
                new Period(hour(0), Timeline.LAST),
                List.of("p1", "h1"),
                UUID.randomUUID(),
                hour(OVER + 2)));

        assertThat(restored.deratings()).containsKey(id(0));
        assertThat(restored.free("h1").at(hour(OVER + 2))).isEqualTo(1_000_000);
    }

    private static PowerDerated derated(int number, Instant from, Instant until) {
        return new PowerDerated(
                id(number),
                new NodeId("h1"),
                DeratingCause.OUTAGE,
                LOST,
                new Period(from, until),
                "a chiller is out",
                List.of("p1", "h1"),
                from);
    }

    private static UUID id(int number) {
        return new UUID(1, number);
    }

    private static Instant hour(int number) {
        return Scenes.NOW.plus(Duration.ofHours(number));
    }
}
