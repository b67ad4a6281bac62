package menara.eventstore.spring.processing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import menara.eventstore.mongodb.processing.MongoParkingLot;
import menara.eventstore.mongodb.processing.MongoParkingLot.Waiting;
import menara.eventstore.spring.processing.Followers.Follower;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** {@code /actuator/parked}: the parked events and their replay, for operators. */
@Endpoint(id = "parked")
public final class ParkedEndpoint {

    private final MongoParkingLot lot;
    private final ProcessorFactory processors;
    private final EventStoreLifecycle lifecycle;
    private final List<ParkingPlace> places;

    public ParkedEndpoint(
            MongoParkingLot lot,
            ProcessorFactory processors,
            EventStoreLifecycle lifecycle,
            List<ParkingPlace> places) {
        this.lot = lot;
        this.processors = processors;
        this.lifecycle = lifecycle;
        this.places = places;
    }

    /**
     * One parked event, without its content, which may be personal or confidential.
     *
     * @param nextTry when its sequence is tried again at the latest; null for one that is tried on request only
     */
    record ParkedEvent(
            String sequence,
            String event,
            String type,
            @Nullable String error,
            Instant parkedAt,
            @Nullable Instant nextTry) {}

    @ReadOperation
    Map<String, List<ParkedEvent>> parked() {
        var parked = processors.followers().stream()
                .map(Follower::name)
                .filter(name -> lot.count(name) > 0)
                .collect(Collectors.toMap(name -> name, this::parkedOf));
        places.stream()
                .filter(place -> place.count() > 0)
                .forEach(place -> parked.put(
                        place.name(),
                        place.parked().stream()
                                .map(one -> new ParkedEvent(
                                        one.sequence(), one.what(), one.type(), one.error(), one.parkedAt(), null))
                                .toList()));
        return parked;
    }

    private List<ParkedEvent> parkedOf(String processor) {
        var nextTries = lot.waiting().stream()
                .filter(waiting -> waiting.processor().equals(processor))
                .collect(Collectors.toMap(Waiting::sequence, Waiting::nextTry));
        return lot.list(processor).stream()
                .map(parked -> new ParkedEvent(
                        parked.sequence(),
                        parked.event().identifier(),
                        parked.event().type().toString(),
                        parked.error().orElse(null),
                        parked.parkedAt(),
                        nextTries.get(parked.sequence())))
                .toList();
    }

    /** Handles the parked events of one sequence again, in order, and stops at the first that still fails. */
    @WriteOperation
    Map<String, Object> replay(@Selector String processor, String sequence) {
        for (var place : places) {
            if (place.name().equals(processor)) {
                return Map.of("replayed", place.replay(sequence), "left", place.count());
            }
        }
        var follower = processors
                .follower(processor)
                .orElseThrow(() -> new InvalidEndpointRequestException(
                        "there is no processor " + processor, "processor is not known"));
        int replayed = lot.replay(processor, sequence, parked -> lifecycle.handle(follower, parked.event()));
        return Map.of("replayed", replayed, "left", lot.count(processor));
    }
}
