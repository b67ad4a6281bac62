package menara.billing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.testkit.OddRequestsWalk;
import menara.testkit.RunningService;
import menara.testkit.TestClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a service of its own: what odd requests leave behind is nobody else's. */
class OddRequestsTest extends OddRequestsWalk {

    private static final String TENANT = "atlas-ai";
    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-06-15T12:00:00Z"));

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = new RunningService("billing", BillingApplication.class, CLOCK);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Override
    protected RunningService service() {
        return service;
    }

    @Override
    protected List<String> names() {
        return List.of(TENANT, "2026-05", new UUID(0, 7).toString());
    }

    @Override
    protected String party() {
        return TENANT;
    }
}
