package menara.capacity.reservation;

import java.util.Arrays;
import java.util.Optional;

/** The states as they are shown and stored, in the order of a life: what comes later has a higher rank. */
enum ReservationState {
    REQUESTED("requested", 1),
    WAITLISTED("waitlisted", 2),
    HELD("held", 2),
    CONFIRMED("confirmed", 3),
    REJECTED("rejected", 3),
    ACTIVE("active", 4),
    ENDED("ended", 5),
    RELEASED("released", 5),
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
