package menara.billing.usage.log;

import com.mongodb.client.MongoDatabase;
import java.util.UUID;
import java.util.function.Function;
import menara.billing.meters.Meter;

/** Usage logs for tests of other rooms. */
public final class UsageLogs {

    /** Partitions of the first generation. */
    public static final int FIRST_PARTITIONS = UsageLayout.FIRST;

    private UsageLogs() {}

    public static UsageLog open(
            MongoDatabase database, Function<String, Meter> meters, int eventsPerPiece, int partitions) {
        return new UsageLog(database, meters, UUID::randomUUID, eventsPerPiece, partitions);
    }

    /** Number of the partition that events of a source are written to. */
    public static int partitionOf(UsageLog log, String source) {
        return log.partitionOf(source).number();
    }
}
