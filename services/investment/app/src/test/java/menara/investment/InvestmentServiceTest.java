package menara.investment;

import static menara.investment.InvestmentService.EARLIEST_DUE_DATE;
import static menara.investment.InvestmentService.ROOT;
import static menara.investment.InvestmentService.mad;
import static menara.investment.InvestmentService.soon;
import static menara.investment.InvestmentService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import menara.billing.contract.RevenueForecastChanged;
import menara.platform.security.Role;
import menara.testkit.LostAnswer;
import menara.testkit.RunningService.Answer;
import menara.testkit.StoredLog;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The service over HTTP with tokens, following what operations and billing publish. */
class InvestmentServiceTest {

    private static final int RACES = 10;
    private static final int CALLERS = 8;

    private final InvestmentService investment = new InvestmentService();

    @AfterEach
    void close() {
        investment.close();
    }

    @Test
    void a_call_is_issued_once_its_milestone_is_reached_and_paid_in_parts() {
        investment.commit("naver-cloud", mad("600000"));
        investment.commit("lloyds-capital", mad("300000"));
        investment.milestone("first-racks", 144);
        var drafted = investment.draft(investment.relations, "first-racks", mad("100000.01"), EARLIEST_DUE_DATE);
        assertThat(drafted.status()).isEqualTo(201);
        var call = text(drafted, "/call");
        assertThat(drafted.header("Location")).isEqualTo(ROOT + "/capital-calls/" + call);

        refused(investment.issue(investment.approver, call), "milestone-not-reached");

        investment.energise("r-1");
        investment.energise("r-1"); // switched off and on again: still one rack
        investment.energise("r-2");
        investment.reach("first-racks");

        var amina = investment.service.tokens().token("amina", Role.INVESTMENT_APPROVER);
        refused(investment.issue(amina, call), "two-people-needed");

        var issued = investment.issue(investment.approver, call);
        assertThat(issued.status()).isEqualTo(200);
        assertThat(text(issued, "/shares/0/amount/amount")).isEqualTo("33333.34");
        assertThat(text(issued, "/shares/1/amount/amount")).isEqualTo("66666.67");

        var key = UUID.randomUUID().toString();
        var paid = investment.pay(call, "naver-cloud", "66666.66", "Idempotency-Key", key);
        assertThat(paid.status()).isEqualTo(201);
        assertThat(investment
                        .pay(call, "naver-cloud", "66666.66", "Idempotency-Key", key)
                        .text())
                .isEqualTo(paid.text());
        assertThat(investment
                        .pay(call, "naver-cloud", "66666.65", "Idempotency-Key", key)
                        .status())
                .isEqualTo(422);
        refused(investment.pay(call, "naver-cloud", "0.02"), "above-share-owed");
        assertThat(investment.pay(call, "naver-cloud", "0.01").status()).isEqualTo(201);

        var account = investment.account(investment.naver, "naver-cloud");
        assertThat(text(account, "/commitment/amount")).isEqualTo("600000.00");
        assertThat(text(account, "/called/amount")).isEqualTo("66666.67");
        assertThat(text(account, "/contributed/amount")).isEqualTo("66666.67");
        assertThat(text(account, "/unfunded/amount")).isEqualTo("533333.33");
        assertThat(investment
                        .service
                        .get(ROOT + "/capital-calls/" + call, investment.auditor)
                        .body())
                .isEqualTo(investment
                        .service
                        .get(ROOT + "/capital-calls", investment.relations)
                        .body()
                        .at("/items/0"));
    }

    @Test
    void what_took_effect_before_its_answer_was_lost_takes_effect_once() {
        investment.milestone("first-racks", 72);
        investment.energise("r-1");
        investment.reach("first-racks");
        twice(key -> investment.service.post(
                ROOT + "/commitments",
                investment.relations,
                Map.of("partner", "naver-cloud", "shareClass", "A", "amount", mad("600")),
                "Idempotency-Key",
                key));
        var drafted = twice(key -> investment.service.post(
                ROOT + "/capital-calls",
                investment.relations,
                Map.of(
                        "phase", "phase-1",
                        "milestone", "first-racks",
                        "purpose", "Racks of hall A",
                        "amount", mad("100"),
                        "dueDate", EARLIEST_DUE_DATE),
                "Idempotency-Key",
                key));
        var call = text(drafted, "/call");
        twice(key -> investment.service.post(
                ROOT + "/capital-calls/" + call + "/issuance", investment.approver, "", "Idempotency-Key", key));
        twice(key -> investment.pay(call, "naver-cloud", "40", "Idempotency-Key", key));

        assertThat(investment
                        .service
                        .get(ROOT + "/capital-calls", investment.relations)
                        .body()
                        .get("items"))
                .hasSize(1);
        var account = investment.account(investment.naver, "naver-cloud");
        assertThat(text(account, "/commitment/amount")).isEqualTo("600.00");
        assertThat(text(account, "/called/amount")).isEqualTo("100.00");
        assertThat(text(account, "/contributed/amount")).isEqualTo("40.00");
    }

    /** Asks, loses the answer and asks again with the same key: the answers are the same. */
    private Answer twice(Function<String, Answer> request) {
        var key = UUID.randomUUID().toString();
        var first = request.apply(key);
        assertThat(first.status()).as(first.text()).isBetween(200, 201);
        LostAnswer.to(key, investment.service);
        var second = request.apply(key);
        assertThat(second.status()).as(second.text()).isEqualTo(first.status());
        assertThat(second.body()).isEqualTo(first.body());
        return second;
    }

    @Test
    void calls_contributions_and_milestones_are_published_and_nothing_else() {
        investment.commit("naver-cloud", mad("600"));
        investment.milestone("first-racks", 72);
        var call = text(investment.draft(investment.relations, "first-racks", mad("100"), EARLIEST_DUE_DATE), "/call");
        investment.energise("r-1");
        investment.reach("first-racks");
        investment.issue(investment.approver, call);
        investment.pay(call, "naver-cloud", "100");

        soon(() -> assertThat(publishedTypes())
                .containsExactly(
                        "menara.investment.MilestoneReached",
                        "menara.investment.CapitalCallIssued",
                        "menara.investment.ContributionReceived"));
    }

    @Test
    void state_survives_a_restart() {
        investment.commit("naver-cloud", mad("600"));
        investment.milestone("first-racks", 72);
        investment.energise("r-1");
        investment.reach("first-racks");
        var call = text(investment.draft(investment.relations, "first-racks", mad("100"), EARLIEST_DUE_DATE), "/call");

        investment.service.restart();

        investment.energise("r-1");
        assertThat(investment.issue(investment.approver, call).status()).isEqualTo(200);
        refused(investment.pay(call, "naver-cloud", "100.01"), "above-share-owed");
        assertThat(text(investment.service.get(ROOT + "/milestones/first-racks", investment.naver), "/energisedGpus"))
                .isEqualTo("72");
    }

    @Test
    void an_account_can_be_read_as_it_was_known_and_as_csv() {
        investment.commit("naver-cloud", mad("600"));
        investment.milestone("first-racks", 72);
        investment.energise("r-1");
        investment.reach("first-racks");
        var call = text(investment.draft(investment.relations, "first-racks", mad("100"), EARLIEST_DUE_DATE), "/call");
        investment.clock.advance(Duration.ofMinutes(1));
        investment.issue(investment.approver, call);

        var path = ROOT + "/partners/naver-cloud/account";
        var before = investment.service.get(path + "?asOf=2026-11-02T09:00:59Z", investment.naver);
        var now = investment.service.get(path, investment.naver);
        assertThat(text(before, "/called/amount")).isEqualTo("0.00");
        assertThat(text(now, "/called/amount")).isEqualTo("100.00");
        assertThat(investment
                        .service
                        .get(path + "?asOf=2026-11-02T08:59:59Z", investment.naver)
                        .status())
                .isEqualTo(404);
        invalid(investment.service.get(path + "?asOf=2026-11-03T00:00:00Z", investment.naver), "asOf");

        var csv = investment.service.get(path, investment.naver, "Accept", "text/csv");
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.text().lines()).hasSize(3).last().asString().endsWith(",100.00,MAD,600.00,100.00,0.00,500.00");
        assertThat(investment
                        .service
                        .get(path + "?format=csv", investment.naver)
                        .text())
                .isEqualTo(csv.text());
    }

    @Test
    void the_projected_return_follows_billings_forecast_and_falls_when_a_credit_is_granted() {
        investment.commit("naver-cloud", mad("600"));
        investment.commit("lloyds-capital", mad("300"));
        var incomplete = investment.returns(investment.naver, "");
        assertThat(text(incomplete, "/result/outcome")).isEqualTo("incomplete");
        assertThat(incomplete.body().at("/result/missing").size()).isEqualTo(2);

        investment.milestone("first-racks", 72);
        investment.energise("r-1");
        investment.reach("first-racks");
        var call = text(investment.draft(investment.relations, "first-racks", mad("90"), EARLIEST_DUE_DATE), "/call");
        investment.issue(investment.approver, call);
        investment.pay(call, "naver-cloud", "60");
        var contract = new ContractId(UUID.randomUUID());
        forecast(contract, "MAD", "99.00", "0.00");
        forecast(new ContractId(UUID.randomUUID()), "USD", "1000.00", "0.00");
        // Paid 60 on 2 November 2026, 66 at the end of November 2027: 393 days.
        soon(() -> {
            var view = investment.returns(investment.naver, "");
            assertThat(text(view, "/result/outcome")).isEqualTo("rate");
            assertThat(Double.parseDouble(text(view, "/result/xirr")))
                    .isCloseTo(Math.pow(1.1, 365.0 / 393) - 1, within(1e-9));
            assertThat(text(view, "/notIncluded/0/net/currency")).isEqualTo("USD");
        });
        var rate = Double.parseDouble(text(investment.returns(investment.naver, ""), "/result/xirr"));

        investment.clock.advance(Duration.ofMinutes(1));
        forecast(contract, "MAD", "99.00", "4.50");

        soon(() -> assertThat(Double.parseDouble(text(investment.returns(investment.naver, ""), "/result/xirr")))
                .isLessThan(rate));
        assertThat(Double.parseDouble(
                        text(investment.returns(investment.naver, "?asOf=2026-11-02T09:00:00Z"), "/result/xirr")))
                .isEqualTo(rate);
        assertThat(text(investment.returns(investment.relations, ""), "/partner"))
                .isEmpty();
        assertThat(investment
                        .returns(investment.relations, "?partner=naver-cloud")
                        .body())
                .isEqualTo(investment.returns(investment.naver, "").body());
    }

    @Test
    void another_partners_account_looks_like_one_that_does_not_exist() {
        investment.commit("naver-cloud", mad("600"));
        investment.commit("lloyds-capital", mad("300"));

        assertThat(investment.account(investment.naver, "naver-cloud").status()).isEqualTo(200);
        var others = investment.account(investment.naver, "lloyds-capital");
        var nobodys = investment.account(investment.naver, "no-such-partner");
        assertThat(others.status()).isEqualTo(404);
        assertThat(withoutNames(others)).isEqualTo(withoutNames(nobodys));
        assertThat(investment
                        .returns(investment.naver, "?partner=lloyds-capital")
                        .status())
                .isEqualTo(404);
        var withMore =
                investment.service.tokens().tokenOf("naver-cloud", "sun-hee", Role.PARTNER, Role.INVESTOR_RELATIONS);
        assertThat(investment.account(withMore, "lloyds-capital").status()).isEqualTo(404);
        var homeless = investment.service.tokens().token("nobody", Role.PARTNER);
        assertThat(investment.account(homeless, "naver-cloud").status()).isEqualTo(404);
        assertThat(investment.returns(homeless, "").status()).isEqualTo(404);
    }

    @Test
    void calls_issued_at_once_never_draw_on_the_same_commitment_twice() throws InterruptedException {
        investment.milestone("first-racks", 72);
        investment.energise("r-1");
        investment.reach("first-racks");
        int unfunded = 0;
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int race = 1; race <= RACES; race++) {
                investment.commit("partner-" + race, mad("100"));
                unfunded += 100;
                var issuances = drafts("60").stream()
                        .<Callable<Answer>>map(call -> () -> investment.issue(investment.approver, call))
                        .toList();
                var statuses = callers.invokeAll(issuances).stream()
                        .map(Future::resultNow)
                        .map(Answer::status)
                        .toList();
                assertThat(statuses).as("race %d", race).containsOnly(200, 409);
                assertThat(statuses.stream().filter(status -> status == 200))
                        .as("race %d with %d unfunded", race, unfunded)
                        .hasSize(unfunded / 60);
                unfunded %= 60;
            }
        }
    }

    /** The answer without what differs between any two requests: the id asked for and the correlation id. */
    private static String withoutNames(Answer answer) {
        return answer.text()
                .replace("lloyds-capital", "PARTNER")
                .replace("no-such-partner", "PARTNER")
                .replace(text(answer, "/correlationId"), "ID");
    }

    private List<String> drafts(String amount) {
        return IntStream.range(0, CALLERS)
                .mapToObj(_ -> text(
                        investment.draft(investment.relations, "first-racks", mad(amount), EARLIEST_DUE_DATE), "/call"))
                .toList();
    }

    private void forecast(ContractId contract, String currency, String charges, String credits) {
        investment.billing.publish(new RevenueForecastChanged(
                contract,
                new TenantId("atlas-ai"),
                Currency.getInstance(currency),
                List.of(new RevenueForecastChanged.Month(
                        YearMonth.of(2027, 11), Money.of(charges, currency), Money.of(credits, currency))),
                investment.clock.instant()));
    }

    private List<String> publishedTypes() {
        return StoredLog.read(investment.service.mongo().getDatabase("menara_investment"), "published").stream()
                .map(event -> event.type().name())
                .toList();
    }

    private static void refused(Answer answer, String rule) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(text(answer, "/rule")).isEqualTo(rule);
    }

    private static void invalid(Answer answer, String field) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(text(answer, "/errors/0/field")).isEqualTo(field);
    }
}
