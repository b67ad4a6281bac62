package menara.eventstore.spring.connect;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database of an application's log, and how its events are processed.
 *
 * @param uri MongoDB connection string; its own time limits take precedence
 * @param database database of the log, its projections, tokens, parked events and due dates
 * @param application name of the application, as the server's log and its instances show it
 * @param logs the published logs of other applications, by name; by default on the same server
 * @param logDatabasePrefix prefix of the default database name of another log
 * @param processors how events are processed
 */
@ConfigurationProperties("menara.eventstore")
public record EventStoreProperties(
        String uri,
        @DefaultValue("eventstore") String database,
        @DefaultValue("eventstore") String application,
        @DefaultValue Map<String, Log> logs,
        @DefaultValue("") String logDatabasePrefix,
        @DefaultValue Processors processors) {

    /**
     * The database of another application's published log.
     *
     * @param uri connection string, default the application's own
     * @param database the other application's database, default the prefix and its name
     */
    public record Log(@Nullable String uri, @Nullable String database) {}

    /**
     * How events are processed.
     *
     * @param batchSize events of one unit of work
     * @param claimTimeout after which a silent instance loses its segments to another
     * @param patience how long an event is tried before it is parked
     * @param segments workers of each follower that names its ordering fields, shared between the instances; fixed when the follower begins
     * with its log
     */
    public record Processors(
            @DefaultValue("64") int batchSize,
            @DefaultValue("10s") Duration claimTimeout,
            @DefaultValue("5s") Duration patience,
            @DefaultValue("2") int segments) {}

    public String databaseOf(String log) {
        return logDatabasePrefix + log;
    }
}
