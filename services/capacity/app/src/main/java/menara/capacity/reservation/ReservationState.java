package menara.capacity.reservation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/** The states as they are shown and stored, in the order of its life: a later state has a higher rank. */
enum ReservationState {
    @JsonProperty("requested")
    REQUESTED("requested", 1),
    @JsonProperty("waitlisted")
    WAITLISTED("waitlisted", 2),
    @JsonProperty("held")
    HELD("held", 2),
    @JsonProperty("confirmed")
    CONFIRMED("confirmed", 3),
    @JsonProperty("rejected")
    REJECTED("rejected", 3),
    @JsonProperty("active")
    ACTIVE("active", 4),
    @JsonProperty("ended")
    ENDED("ended", 5),
    @JsonProperty("released")
    RELEASED("released", 5),
    @JsonProperty("expired")
    EXPIRED("expired", 5);

    private final String shown;
    private final int rank;

    ReservationState(String shown, int rank) {
        this.shown = shown;
        this.rank = rank;
    }

    String shown() {
        return shown;
    }

    int rank() {
        return rank;
    }

    static Optional<ReservationState> of(String shown) {
        return Arrays.stream(values())
                .filter(state -> state.shown.equals(shown))
                .findFirst();
    }
}
