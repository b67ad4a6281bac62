package menara.eventstore.spring.connect;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the log of an application lies, and how its events are processed.
 *
 * @param uri MongoDB connection string; what it says of time limits stands
 * @param database with the log, what is projected from it, tokens, parked events and due dates
 * @param application name of the application, as the server's log and its instances show it
 * @param logs where the published logs of others lie, by name; by default on the same server
 * @param logDatabasePrefix what the database of another log is called before its name, where nothing else is said
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
     * Where one published log of others lies.
     *
     * @param uri connection string, default the application's own
     * @param database the other application's database, default its name behind the prefix
     */
    public record Log(@Nullable String uri, @Nullable String database) {}

    /**
     * How events are processed.
     *
     * @param batchSize events of one unit of work
     * @param claimTimeout after which a silent instance loses its segments to another
     * @param patience how long an event is tried before it is parked
     * @param segments workers of each follower that says by what its events stay in order, shared between the instances; as of when the
     *     follower begins with its log
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
