package menara.operations;

import java.util.UUID;
import menara.testkit.ContractWalk;
import menara.testkit.RunningService;
import menara.values.ContractId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the service tells others of itself: its API with examples, played and asked at random. */
class OperationsExamplesTest extends ContractWalk {

    private static final ContractId CONTRACT = new ContractId(UUID.fromString("019b7c3e-0000-7000-8000-000000000002"));

    @SuppressWarnings("NullAway.Init")
    private static Site site;

    @BeforeAll
    static void start() {
        site = new Site();
        site.register("hall-1", "rack-1", "rack-2");
        site.capacity.publish(site.activated(CONTRACT, "atlas-ai", Site.SPRING, "rack-1", "rack-2"));
        site.billing.publish(site.signed(CONTRACT, "atlas-ai", Site.CASABLANCA));
        site.awaitKnown(CONTRACT, "2026-04", 2 * 720 * 3_600);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Override
    protected RunningService service() {
        return site.service;
    }
}
