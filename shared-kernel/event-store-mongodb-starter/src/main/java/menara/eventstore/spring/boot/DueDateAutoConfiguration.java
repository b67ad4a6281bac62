package menara.eventstore.spring.boot;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import menara.eventstore.mongodb.due.MongoDueDates;
import menara.eventstore.spring.DueDates;
import menara.eventstore.spring.DueWork;
import menara.eventstore.spring.due.DueDatePoller;
import menara.eventstore.spring.read.Handling;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The stored due dates of the application and the poller that does the work. */
@AutoConfiguration(after = EventStoreAutoConfiguration.class)
class DueDateAutoConfiguration {

    /** Longer than any work should take; after it the work counts as abandoned and is done again. */
    private static final Duration CLAIM_TIMEOUT = Duration.ofMinutes(2);

    @Bean
    MongoDueDates storedDueDates(MongoDatabase database, Clock clock) {
        return new MongoDueDates(database, "due", CLAIM_TIMEOUT, clock);
    }

    @Bean
    DueDates dueDates(MongoDueDates stored) {
        return new DueDates() {
            @Override
            public void schedule(String kind, String id, java.time.Instant dueAt) {
                Handling.writeGathered();
                stored.schedule(kind, id, dueAt, "", Handling.event());
            }

            @Override
            public void cancel(String kind, String id) {
                Handling.writeGathered();
                stored.cancel(kind, id, Handling.event());
            }
        };
    }

    @Bean
    DueDatePoller dueDatePoller(MongoDueDates stored, ObjectProvider<DueWork> work) {
        return new DueDatePoller(stored, work.orderedStream().toList());
    }
}
