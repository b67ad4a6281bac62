package menara.capacity.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import menara.platform.web.ValuesJacksonModule;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Every version of every event has an approved form, which stays readable for ever. */
class StoredFormTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new ValuesJacksonModule())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    static Stream<Object> events() {
        return Samples.events().stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_stored_as_approved(Object event) {
        assertThat(JSON.readTree(JSON.writeValueAsString(event))).isEqualTo(JSON.readTree(approved(event)));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_approved_form_is_read_as_the_event(Object event) {
        assertThat((Object) JSON.readValue(approved(event), event.getClass())).isEqualTo(event);
    }

    @Test
    void a_demand_for_any_hall_survives_the_store() {
        var demand = new Demand(3, null, List.of());

        assertThat(JSON.readValue(JSON.writeValueAsString(demand), Demand.class))
                .isEqualTo(demand);
        assertThat(JSON.readValue("{\"count\":3,\"names\":[]}", Demand.class)).isEqualTo(demand);
    }

    @Test
    void a_demand_without_a_count_is_not_read_as_none() {
        assertThatThrownBy(() -> JSON.readValue("{\"names\":[]}", Demand.class)).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> JSON.readValue("{\"count\":3,\"names\":null}", Demand.class))
                .isInstanceOf(JacksonException.class);
    }

    private static String approved(Object event) {
        var name = "/events/%s.json".formatted(file(event));
        try (var in = StoredFormTest.class.getResourceAsStream(name)) {
            assertThat(in)
                    .as("%s is missing; approve this:%n%s", name, JSON.writeValueAsString(event))
                    .isNotNull();
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(Object event) {
        var named = event.getClass().getAnnotation(Event.class);
        return "%s.%s.v%s".formatted(named.namespace(), named.name(), named.version());
    }
}
