package menara.capacity.commitments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import menara.platform.web.ValuesJacksonModule;
import menara.values.RackId;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class DemandTest {

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new ValuesJacksonModule()).build();

    @Test
    void a_demand_for_any_hall_survives_the_store() {
        var demand = new Demand(3, null, List.of());

        assertThat(JSON.readValue(JSON.writeValueAsString(demand), Demand.class))
                .isEqualTo(demand);
        assertThat(JSON.readValue("{\"count\":3,\"names\":[]}", Demand.class)).isEqualTo(demand);
    }

    @Test
    void a_demand_without_count_or_names_is_not_read_as_a_demand_for_nothing() {
        assertThatThrownBy(() -> JSON.readValue("{\"names\":[]}", Demand.class)).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> JSON.readValue("{\"count\":3,\"names\":null}", Demand.class))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void names_and_count_must_agree() {
        assertThatThrownBy(() -> new Demand(2, null, List.of(new RackId("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of names");
    }
}
