package menara.investment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import menara.testkit.IdMatrix;
import menara.testkit.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whose things may stand in a call of investment. */
class InvestmentIdsTest extends IdMatrix {

    @SuppressWarnings("NullAway.Init")
    private static InvestmentService investment;

    @BeforeAll
    static void start() {
        investment = new InvestmentService();
        assertThat(investment
                        .commit("lloyds-capital", InvestmentService.mad("7777777"))
                        .status())
                .isEqualTo(201);
        assertThat(investment
                        .commit("naver-cloud", InvestmentService.mad("1234567"))
                        .status())
                .isEqualTo(201);
        assertThat(investment.account(investment.lloyds, "lloyds-capital").status())
                .isEqualTo(200);
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
    protected List<Line> table() {
        return all(
                confined(
                        "GET /api/investment/partners/{partner}/account",
                        "{partner}",
                        id -> investment.account(investment.naver, id),
                        "lloyds-capital",
                        "nobody-at-all"),
                confined(
                        "GET /api/investment/returns/projected",
                        "?partner",
                        id -> investment.returns(investment.naver, "?partner=" + id),
                        "lloyds-capital",
                        "nobody-at-all"),
                open(
                        "milestones are of a phase, and every partner is called by them",
                        "GET /api/investment/milestones/{milestone}",
                        "{milestone}"),
                ofTheHouse("GET /api/investment/capital-calls/{call}", "{call}"),
                ofTheHouse("POST /api/investment/capital-calls", "milestone", "phase"),
                ofTheHouse("POST /api/investment/capital-calls/{call}/contributions", "partner", "{call}"),
                ofTheHouse("POST /api/investment/capital-calls/{call}/issuance", "{call}"),
                ofTheHouse("POST /api/investment/commitments", "partner", "shareClass"),
                ofTheHouse("POST /api/investment/milestones", "milestone", "phase"));
    }

    @Test
    void a_partner_reads_no_name_and_no_figure_of_another() {
        for (var path : List.of("/partners/naver-cloud/account", "/returns/projected", "/milestones")) {
            var answer = investment.service.get(InvestmentService.ROOT + path, investment.naver);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text()).as(path).doesNotContain("lloyds", "7777777", "9012344");
        }
    }
}
