package menara.eventstore.mongodb.processing;

/** A sequence has the most parked events allowed: mend the cause and replay them. */
public final class ParkingFull extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    ParkingFull(String processor, String sequenceKey) {
        super("%,d events of sequence %s wait at processor %s already"
                .formatted(MongoParkingLot.MAX_PARKED, sequenceKey, processor));
    }
}
