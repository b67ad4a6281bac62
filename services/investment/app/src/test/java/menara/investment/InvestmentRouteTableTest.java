package menara.investment;

import menara.testkit.RouteTableWalk;
import menara.testkit.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class InvestmentRouteTableTest extends RouteTableWalk {

    @SuppressWarnings("NullAway.Init")
    private static InvestmentService investment;

    @BeforeAll
    static void start() {
        investment = new InvestmentService();
    }

    @AfterAll
    static void stop() {
        investment.close();
    }

    @Override
    protected RunningService service() {
        return investment.service;
    }

    @Override
    protected String name() {
        return "investment";
    }
}
