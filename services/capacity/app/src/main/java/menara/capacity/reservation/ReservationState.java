package menara.capacity.reservation;

import java.util.Arrays;
import java.util.Optional;

/** The states as they are shown and stored, with the number of steps that lead to each. */
enum ReservationState {
    REQUESTED("requested", 1),
    CONFIRMED("confirmed", 2),
    REJECTED("rejected", 2),
    ACTIVE("active", 3),
    ENDED("ended", 4);

    private final String shown;
    private final int version;

    ReservationState(String shown, int version) {
        this.shown = shown;
        this.version = version;
    }

    String shown() {
        return shown;
    }

    int version() {
        return version;
    }

    static Optional<ReservationState> of(String shown) {
        return Arrays.stream(values())
                .filter(state -> state.shown.equals(shown))
                .findFirst();
    }
}
