package menara.eventstore.mongodb.processing;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.conversion.Converter;

/** Opens a parking lot whose pauses are as short as a simulated history; only this room sees them. */
public final class SimulatedParking {

    private static final Pauses PAUSES =
            new Pauses(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(3));

    private SimulatedParking() {}

    public static MongoParkingLot open(MongoDatabase database, String collection, Converter converter, Clock clock) {
        return new MongoParkingLot(database, collection, converter, clock, PAUSES);
    }
}
