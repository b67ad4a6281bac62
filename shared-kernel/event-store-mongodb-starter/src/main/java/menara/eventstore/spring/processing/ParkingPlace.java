package menara.eventstore.spring.processing;

import java.time.Instant;
import java.util.List;

/**
 * A place for failed work of components other than processors, so that the rest goes on; shown and tried again together with parked events.
 */
public interface ParkingPlace {

    /** Its name, in place of a processor's. */
    String name();

    long count();

    List<Parked> parked();

    /**
     * @param sequence the sequence to try again
     * @return number of items done
     */
    int replay(String sequence);

    /**
     * Parked work, without its content.
     *
     * @param sequence key by which it is tried again
     * @param what its place
     * @param type its kind
     * @param error why it could not be done
     */
    record Parked(String sequence, String what, String type, String error, Instant parkedAt) {}
}
