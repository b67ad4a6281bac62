package menara.investment;

import menara.testkit.ContractWalk;
import menara.testkit.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the service tells others of itself: its API with examples, played and asked at random. */
class InvestmentExamplesTest extends ContractWalk {

    @SuppressWarnings("NullAway.Init")
    private static InvestmentService investment;

    @BeforeAll
    static void start() {
        investment = new InvestmentService();
        investment.milestone("first-racks", 72);
        investment.energise("r-1");
        investment.reach("first-racks");
    }

    @AfterAll
    static void stop() {
        investment.close();
    }

    @Override
    protected RunningService service() {
        return investment.service;
    }
}
