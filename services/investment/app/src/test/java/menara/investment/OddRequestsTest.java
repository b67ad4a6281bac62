package menara.investment;

import java.util.List;
import menara.testkit.OddRequestsWalk;
import menara.testkit.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class OddRequestsTest extends OddRequestsWalk {

    private static final String PARTNER = "naver-cloud";

    @SuppressWarnings("NullAway.Init")
    private static InvestmentService investment;

    @SuppressWarnings("NullAway.Init")
    private static String call;

    @BeforeAll
    static void start() {
        investment = new InvestmentService();
        investment.commit(PARTNER, InvestmentService.mad("1000000.00"));
        investment.milestone("phase-1-energised", 1);
        call = InvestmentService.text(
                investment.draft(
                        investment.relations,
                        "phase-1-energised",
                        InvestmentService.mad("1000.00"),
                        InvestmentService.EARLIEST_DUE_DATE),
                "/call");
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
    protected List<String> names() {
        return List.of(PARTNER, "phase-1-energised", "phase-1", "A", call);
    }

    @Override
    protected String party() {
        return PARTNER;
    }
}
