package menara.billing.metering.hours;

import com.mongodb.client.MongoDatabase;
import java.util.function.Function;
import menara.billing.meters.Meter;

/** Metered hours for tests of other rooms. */
public final class HourLogs {

    /** Bytes of one document of a contribution, about. */
    public static final int MAX_DOCUMENT_BYTES = ContributionDocument.MAX_BYTES;

    private HourLogs() {}

    public static MeteredHours on(MongoDatabase database, Function<String, Meter> meters) {
        return new MeteredHours(database, meters);
    }
}
