package menara.capacity.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import menara.values.Power;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RatingTest {

    @Test
    void a_three_phase_circuit_carries_volts_times_amperes_times_root_three_up_to_its_utilisation() {
        // 415 V × 63 A × √3 = 45,284.5 W
        assertThat(new Circuit(415, 63, 3).power()).isEqualTo(Power.watts(45_284));
        assertThat(new Rating(null, new Circuit(415, 63, 3), 4, 0, 80).limit()).isEqualTo(Power.watts(144_908));
        assertThat(new Circuit(230, 32, 1).power()).isEqualTo(Power.watts(7_360));
    }

    @Test
    void spare_units_carry_nothing() {
        assertThat(new Rating(Power.megawatts(25), null, 3, 1, 100).limit()).isEqualTo(Power.megawatts(50));
    }

    @Test
    void impossible_ratings_are_refused() {
        assertRefused("either power or circuit", null, null, 1, 0, 100);
        assertRefused("either power or circuit", Power.watts(1), new Circuit(1, 1, 1), 1, 0, 100);
        assertRefused("units must be", Power.watts(1), null, 0, 0, 100);
        assertRefused("spare must be", Power.watts(1), null, 2, 2, 100);
        assertRefused("utilisationPercent", Power.watts(1), null, 1, 0, 101);
        assertThatThrownBy(() -> new Circuit(415, 63, 2)).hasMessageContaining("phases must be 1 or 3");
    }

    private static void assertRefused(
            String detail, @Nullable Power power, @Nullable Circuit circuit, int units, int spare, int percent) {
        assertThatThrownBy(() -> new Rating(power, circuit, units, spare, percent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(detail);
    }
}
