package menara.investment;

import static menara.investment.InvestmentService.EARLIEST_DUE_DATE;
import static menara.investment.InvestmentService.ROOT;
import static menara.investment.InvestmentService.mad;
import static menara.investment.InvestmentService.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import menara.testkit.RunningService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be used is refused by the name of its field, and nothing of it is stored. */
class BadInputTest {

    private static final String COMMITMENT = """
            {"partner":"nexus-core-systems","shareClass":"A","amount":{"amount":"100.00","currency":"MAD"}}""";

    @SuppressWarnings("NullAway.Init")
    private static InvestmentService investment;

    @BeforeAll
    static void start() {
        investment = new InvestmentService();
        investment.commit("naver-cloud", mad("600"));
        investment.milestone("first-racks", 72);
    }

    @AfterAll
    static void stop() {
        investment.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"100.00\"             | \"1e9\"                  | amount",
                "\"100.00\"             | \"-100.00\"              | amount",
                "\"100.00\"             | \"0\"                    | amount",
                "\"100.00\"             | \"100.001\"              | amount",
                "\"MAD\"                | \"DIRHAM\"               | amount",
                "\"MAD\"                | \"XAU\"                  | amount",
                "\"nexus-core-systems\" | \"../etc\"               | partner",
                "\"nexus-core-systems\" | null                     | partner",
                "\"A\"                  | \"=cmd\"                 | shareClass",
                "\"A\"                  | \"A\",\"colour\":\"red\" | colour",
                "\"shareClass\":\"A\",  | ``                       | shareClass",
            })
    void a_commitment_names_the_field_that_is_wrong(String good, String bad, String field) {
        var answer = post("/commitments", COMMITMENT.replace(good, bad));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(text(answer, "/errors/0/field")).startsWith(field);
        assertThat(investment
                        .service
                        .get(ROOT + "/commitments", investment.relations)
                        .body()
                        .at("/items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void a_body_that_is_no_json_is_refused() {
        assertThat(post("/commitments", "{\"partner\":").status()).isEqualTo(400);
        assertThat(post("/commitments", "[]").status()).isEqualTo(400);
        assertThat(post("/commitments", COMMITMENT + "{}").status()).isEqualTo(400);
    }

    @Test
    void a_rule_that_stands_against_it_is_named() {
        assertRule(
                investment.commit("lloyds-capital", Map.of("amount", "10.00", "currency", "EUR")),
                "one-currency-per-fund");
        assertRule(investment.commit("naver-cloud", mad("601")), "commitment-differs");
        assertRule(investment.milestone("first-racks", 73), "milestone-differs");
        assertRule(
                investment.draft(investment.relations, "first-racks", mad("100"), "2026-11-16"), "due-date-too-early");
    }

    @Test
    void a_call_names_the_field_that_is_wrong() {
        assertField(investment.draft(investment.relations, "no-such", mad("100"), EARLIEST_DUE_DATE), "milestone");
        assertField(investment.draft(investment.relations, "first-racks", mad("0"), EARLIEST_DUE_DATE), "amount");
        assertField(investment.draft(investment.relations, "first-racks", mad("100"), "17/11/2026"), "dueDate");
        assertField(investment.milestone("other", 0), "targetGpus");
    }

    @Test
    void an_id_of_the_wrong_form_is_refused_and_one_that_is_unknown_not_found() {
        assertThat(investment
                        .service
                        .get(ROOT + "/capital-calls/17", investment.relations)
                        .status())
                .isEqualTo(400);
        var unknown = "019a4f0e-7a00-7000-8000-000000000001";
        assertThat(investment
                        .service
                        .get(ROOT + "/capital-calls/" + unknown, investment.relations)
                        .status())
                .isEqualTo(404);
        assertThat(investment.issue(investment.approver, unknown).status()).isEqualTo(404);
        assertThat(investment.pay(unknown, "naver-cloud", "1").status()).isEqualTo(404);
    }

    @Test
    void pages_and_instants_outside_their_limits_are_refused() {
        for (var query : new String[] {"limit=0", "limit=1001", "limit=many", "cursor=%25"}) {
            assertThat(investment
                            .service
                            .get(ROOT + "/capital-calls?" + query, investment.relations)
                            .status())
                    .as(query)
                    .isEqualTo(400);
        }
        assertField(investment.returns(investment.relations, "?asOf=yesterday"), "asOf");
        assertField(
                investment.service.get(ROOT + "/partners/naver-cloud/account?format=pdf", investment.relations),
                "format");
    }

    @Test
    void money_does_not_move_without_an_idempotency_key() {
        var answer = investment.service.post(
                ROOT + "/commitments", investment.relations, COMMITMENT, "Idempotency-Key", " ");

        assertThat(answer.status()).isEqualTo(400);
    }

    private static Answer post(String path, String body) {
        return investment.service.post(ROOT + path, investment.relations, body);
    }

    private static void assertRule(Answer answer, String rule) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(text(answer, "/rule")).isEqualTo(rule);
    }

    private static void assertField(Answer answer, String field) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(text(answer, "/errors/0/field")).isEqualTo(field);
    }
}
