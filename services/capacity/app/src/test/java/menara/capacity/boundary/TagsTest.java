package menara.capacity.boundary;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.eventsourcing.eventstore.AnnotationBasedTagResolver;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Test;

class TagsTest {

    private static final String RESERVATION = "reservation=019b7c3e-0000-7000-8000-000000000001";

    @Test
    void every_event_carries_the_tags_of_the_boundaries_it_matters_to() {
        var tags = new LinkedHashMap<String, Set<String>>();
        Samples.events().forEach(event -> tags.put(event.getClass().getSimpleName(), tags(event)));

        assertThat(tags)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        entry("PhasePlanned", Set.of("site=menara", "layout=menara", "node=phase-1")),
                        entry("PowerCommissioned", Set.of("site=menara", "layout=menara", "node=phase-1")),
                        entry("HallRegistered", Set.of("site=menara", "layout=menara", "node=phase-1", "node=hall-1")),
                        entry("PowerNodesRegistered", Set.of("site=menara", "layout=menara")),
                        entry("RacksConnected", Set.of("site=menara", "layout=menara", "node=phase-1", "node=hall-1")),
                        entry("RackRegistered", Set.of("site=menara", "layout=menara", "node=phase-1", "node=hall-1")),
                        entry("PhaseClassified", Set.of("site=menara", "layout=menara", "node=phase-1")),
                        entry("PowerDerated", Set.of("site=menara", "node=phase-1", "node=hall-1")),
                        entry("PowerRestored", Set.of("site=menara", "node=phase-1", "node=hall-1")),
                        entry("PhasePostponed", Set.of("site=menara", "layout=menara", "node=phase-1")),
                        entry("ReservationAtRisk", Set.of(RESERVATION, "site=menara")),
                        entry("ReservationCutShort", Set.of(RESERVATION)),
                        entry("ReservationNoLongerAtRisk", Set.of(RESERVATION, "site=menara")),
                        entry("ReservationWaitlisted", Set.of(RESERVATION, "site=menara")),
                        entry("ReservationHeld", Set.of(RESERVATION, "site=menara", "node=phase-1", "node=hall-1")),
                        entry("HoldConfirmed", Set.of(RESERVATION, "site=menara")),
                        entry("HoldExpired", Set.of(RESERVATION, "site=menara", "node=phase-1", "node=hall-1")),
                        entry(
                                "ReservationWithdrawn",
                                Set.of(RESERVATION, "site=menara", "node=phase-1", "node=hall-1")),
                        entry("ReservationReplaced", Set.of(RESERVATION, "site=menara", "node=phase-1", "node=hall-1")),
                        entry("ReservationRequested", Set.of(RESERVATION)),
                        entry(
                                "ReservationConfirmed",
                                Set.of(RESERVATION, "site=menara", "node=phase-1", "node=hall-1")),
                        entry("ReservationRejected", Set.of(RESERVATION)),
                        entry("ReservationActivated", Set.of(RESERVATION)),
                        entry("ReservationEnded", Set.of(RESERVATION, "site=menara", "node=phase-1", "node=hall-1"))));
    }

    @Test
    void every_permitted_event_has_a_sample() {
        var sampled = new TreeSet<String>();
        Samples.events().forEach(event -> sampled.add(event.getClass().getSimpleName()));
        var permitted = new TreeSet<String>();
        EventFamilies.events().forEach(event -> permitted.add(event.getSimpleName()));
        assertThat(sampled).isEqualTo(permitted);
    }

    private static Set<String> tags(Object event) {
        var tags = new TreeSet<String>();
        new AnnotationBasedTagResolver()
                .resolve(new GenericEventMessage(new MessageType(event.getClass()), event))
                .forEach(tag -> tags.add(tag.key() + "=" + tag.value()));
        return tags;
    }
}
