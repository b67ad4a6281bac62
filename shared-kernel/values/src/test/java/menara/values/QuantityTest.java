package menara.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QuantityTest {

    @Test
    void units_are_whole_watts_and_watt_hours() {
        assertThat(Power.megawatts(40)).isEqualTo(Power.kilowatts(40_000)).isEqualTo(Power.watts(40_000_000));
        assertThat(Energy.kilowattHours(2)).isEqualTo(Energy.wattHours(2_000));
    }

    @Test
    void power_is_written_exactly_in_the_unit_that_people_use() {
        assertThat(Power.watts(750)).hasToString("750 W");
        assertThat(Power.watts(132_000)).hasToString("132 kW");
        assertThat(Power.watts(1_600_000)).hasToString("1.6 MW");
        assertThat(Power.megawatts(500)).hasToString("500 MW");
        assertThat(Power.watts(45_284)).hasToString("45.284 kW");
        assertThat(Power.watts(1_600_001)).hasToString("1600.001 kW");
    }

    @Test
    void there_is_no_negative_power() {
        assertThatThrownBy(() -> Power.watts(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Power.watts(1).minus(Power.watts(2))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Energy.wattHours(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_overflow_is_an_error_and_not_a_wrong_figure() {
        assertThatThrownBy(() -> Power.watts(Long.MAX_VALUE).plus(Power.watts(1)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Power.megawatts(Long.MAX_VALUE / 1_000)).isInstanceOf(ArithmeticException.class);
    }
}
