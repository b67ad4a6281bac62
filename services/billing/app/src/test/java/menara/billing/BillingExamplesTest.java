package menara.billing;

import java.time.Instant;
import menara.testkit.ContractWalk;
import menara.testkit.RunningService;
import menara.testkit.TestClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the service tells others of itself: its API with examples, played and asked at random. */
class BillingExamplesTest extends ContractWalk {

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = new RunningService(
                "billing", BillingApplication.class, new TestClock(Instant.parse("2026-06-15T12:00:00Z")));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Override
    protected RunningService service() {
        return service;
    }
}
