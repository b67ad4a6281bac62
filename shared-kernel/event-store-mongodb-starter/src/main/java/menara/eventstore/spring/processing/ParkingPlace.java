package menara.eventstore.spring.processing;

import java.time.Instant;
import java.util.List;

/** Where work beside the processors waits that could not be done, so that the rest goes on; shown and played again with theirs. */
public interface ParkingPlace {

    /** Stands in the place of a processor's name. */
    String name();

    long count();

    List<Parked> parked();

    /**
     * @param sequence which of it is tried again
     * @return how many are done now
     */
    int replay(String sequence);

    /**
     * Work that waits, without its content.
     *
     * @param sequence by which it is played again
     * @param what where it stands
     * @param type what it is
     * @param error why it could not be done
     */
    record Parked(String sequence, String what, String type, String error, Instant parkedAt) {}
}
