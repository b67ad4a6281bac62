package menara.platform.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoTimeoutException;
import java.time.Duration;
import menara.eventstore.mongodb.NotStored;
import menara.eventstore.mongodb.OutcomeUnknown;
import org.junit.jupiter.api.Test;

/** What a client is told when the database did not serve its request. */
class StoreFaultsTest {

    private final StoreFaults faults = new StoreFaults();

    @Test
    void what_may_have_taken_effect_is_not_said_to_have_failed_and_may_be_sent_again() {
        var unknown = new OutcomeUnknown("a part is stored", NotStored.waitedFor(Duration.ofSeconds(15)));

        var problem = faults.answerTo(unknown).orElseThrow();

        assertThat(problem.status().value()).isEqualTo(503);
        assertThat(problem.name()).isEqualTo("outcome-unknown");
        assertThat(problem.headers()).containsKey("Retry-After");
        assertThat(problem.detail()).contains("in part", "send the same request again");
    }

    @Test
    void what_came_too_late_or_to_no_database_may_be_sent_again() {
        for (var fault :
                new RuntimeException[] {new MongoTimeoutException("away"), NotStored.waitedFor(Duration.ofSeconds(15))
                }) {
            var problem = faults.answerTo(new IllegalStateException(fault)).orElseThrow();

            assertThat(problem.status().value()).isEqualTo(503);
            assertThat(problem.name()).isEqualTo("database-unavailable");
            assertThat(problem.headers()).containsKey("Retry-After");
            assertThat(problem.detail()).contains("or not in time", "send the same request again");
        }
    }

    @Test
    void another_failure_is_left_to_others() {
        assertThat(faults.answerTo(new IllegalStateException("ours"))).isEmpty();
    }
}
