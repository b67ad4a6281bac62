package menara.platform.eventsourcing;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a service is told from outside.
 *
 * @param service its name, {@code capacity}
 * @param mongodb where it stores
 * @param logs where other services' published logs lie, by service; by default on the same server in {@code menara_<service>}
 * @param processors how events are processed
 */
@ConfigurationProperties("menara")
record MenaraProperties(
        String service,
        Mongodb mongodb,
        @DefaultValue Map<String, Log> logs,
        @DefaultValue Processors processors) {

    /**
     * @param uri MongoDB connection string
     * @param database default {@code menara_<service>}
     */
    record Mongodb(String uri, @Nullable String database) {}

    /**
     * @param uri connection string, default the service's own
     * @param database the other service's database
     */
    record Log(@Nullable String uri, @Nullable String database) {}

    /**
     * @param batchSize events of one unit of work
     * @param claimTimeout after which a silent instance loses its segments to another
     * @param patience how long an event is tried before it is parked
     * @param segments workers of each follower that says by what its events stay in order, shared between the instances; as of when the
     *     follower begins with its log
     */
    record Processors(
            @DefaultValue("64") int batchSize,
            @DefaultValue("10s") Duration claimTimeout,
            @DefaultValue("5s") Duration patience,
            @DefaultValue("2") int segments) {}

    String database() {
        var given = mongodb.database();
        return given == null ? databaseOf(service) : given;
    }

    static String databaseOf(String service) {
        return "menara_" + service;
    }
}
