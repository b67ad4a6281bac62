package menara.capacity.publishing;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import menara.capacity.boundary.Samples;
import menara.capacity.contract.PowerCommissioned;
import menara.capacity.contract.ReservationActivated;
import menara.capacity.contract.ReservationConfirmed;
import menara.values.Power;
import menara.values.RackId;
import org.junit.jupiter.api.Test;

class CapacityPublicationTest {

    private final CapacityPublication publication = new CapacityPublication();

    @Test
    void others_learn_of_power_racks_and_commitments_and_of_nothing_else() {
        var published = new LinkedHashMap<String, List<String>>();
        Samples.events()
                .forEach(event -> published.put(
                        event.getClass().getSimpleName(),
                        publication.publish(event).stream()
                                .map(record -> record.getClass().getSimpleName())
                                .toList()));

        assertThat(published)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        entry("PhasePlanned", List.of()),
                        entry("PowerCommissioned", List.of("PowerCommissioned")),
                        entry("HallRegistered", List.of()),
                        entry("PowerNodesRegistered", List.of()),
                        entry("RackRegistered", List.of("RackRegistered")),
                        entry("RacksConnected", List.of()),
                        entry("PhaseClassified", List.of()),
                        entry("PowerDerated", List.of("PowerDerated")),
                        entry("PowerRestored", List.of("PowerRestored")),
                        entry("PhasePostponed", List.of("PhasePostponed")),
                        entry("ReservationAtRisk", List.of("ReservationAtRisk")),
                        entry("ReservationCutShort", List.of("ReservationCutShort")),
                        entry("ReservationNoLongerAtRisk", List.of("ReservationNoLongerAtRisk")),
                        entry("ReservationWaitlisted", List.of()),
                        entry("ReservationHeld", List.of()),
                        entry("HoldConfirmed", List.of("ReservationConfirmed")),
                        entry("HoldExpired", List.of()),
                        entry("ReservationWithdrawn", List.of("ReservationWithdrawn")),
                        entry("ReservationReplaced", List.of("ReservationReplaced")),
                        entry("ReservationRequested", List.of()),
                        entry("ReservationConfirmed", List.of("ReservationConfirmed")),
                        entry("ReservationRejected", List.of("ReservationRejected")),
                        entry("ReservationActivated", List.of("ReservationActivated")),
                        entry("ReservationEnded", List.of("ReservationEnded"))));
    }

    @Test
    void commissioned_power_is_told_as_all_that_is_available() {
        assertThat(published(PowerCommissioned.class).available()).isEqualTo(Power.megawatts(30));
    }

    @Test
    void a_confirmation_and_its_activation_name_the_same_racks_in_order() {
        assertThat(published(ReservationConfirmed.class).racks())
                .containsExactly(new RackId("rack-01"), new RackId("rack-02"))
                .isEqualTo(published(ReservationActivated.class).racks());
    }

    private <T> T published(Class<T> type) {
        return Samples.events().stream()
                .flatMap(event -> publication.publish(event).stream())
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }
}
