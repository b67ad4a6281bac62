package menara.investment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import menara.operations.contract.RackEnergised;
import menara.platform.security.Role;
import menara.testkit.NeighbourLog;
import menara.testkit.RunningService;
import menara.testkit.RunningService.Answer;
import menara.testkit.TestClock;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.RackId;

/** The running service with the people who use it and the neighbours it follows. */
final class InvestmentService implements AutoCloseable {

    /** A Monday before the Green March (6 November): ten business days later it is the 17th. */
    static final Instant MONDAY = Instant.parse("2026-11-02T09:00:00Z");

    static final String EARLIEST_DUE_DATE = "2026-11-17";
    static final String ROOT = "/api/investment";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final TestClock clock = new TestClock(MONDAY);
    final RunningService service = new RunningService("investment", InvestmentApplication.class, clock);
    final NeighbourLog operations = new NeighbourLog(service.mongo(), "operations", clock);
    final NeighbourLog billing = new NeighbourLog(service.mongo(), "billing", clock);
    final String relations = service.tokens().token("amina", Role.INVESTOR_RELATIONS);
    final String approver = service.tokens().token("karim", Role.INVESTMENT_APPROVER);
    final String auditor = service.tokens().token("auditor", Role.AUDITOR);
    final String naver = service.tokens().tokenOf("naver-cloud", "sun-hee", Role.PARTNER);
    final String lloyds = service.tokens().tokenOf("lloyds-capital", "james", Role.PARTNER);

    static Map<String, String> mad(String amount) {
        return Map.of("amount", amount, "currency", "MAD");
    }

    Answer commit(String partner, Map<String, String> amount) {
        return service.post(
                ROOT + "/commitments", relations, Map.of("partner", partner, "shareClass", "A", "amount", amount));
    }

    Answer milestone(String milestone, int targetGpus) {
        return service.post(
                ROOT + "/milestones",
                relations,
                Map.of("milestone", milestone, "phase", "phase-1", "kind", "gpus-energised", "targetGpus", targetGpus));
    }

    Answer draft(String token, String milestone, Map<String, String> amount, String dueDate) {
        return service.post(
                ROOT + "/capital-calls",
                token,
                Map.of(
                        "phase", "phase-1",
                        "milestone", milestone,
                        "purpose", "Racks of hall A",
                        "amount", amount,
                        "dueDate", dueDate));
    }

    Answer issue(String token, String call) {
        return service.post(ROOT + "/capital-calls/" + call + "/issuance", token, "");
    }

    Answer pay(String call, String partner, String amount, String... headers) {
        return service.post(
                ROOT + "/capital-calls/" + call + "/contributions",
                relations,
                Map.of("partner", partner, "amount", mad(amount), "paidOn", "2026-11-02"),
                headers);
    }

    Answer account(String token, String partner) {
        return service.get(ROOT + "/partners/" + partner + "/account", token);
    }

    Answer returns(String token, String query) {
        return service.get(ROOT + "/returns/projected" + query, token);
    }

    void energise(String rack) {
        operations.publish(new RackEnergised(
                new RackId(rack), new NodeId("hall-a"), new PhaseId("phase-1"), 72, clock.instant(), clock.instant()));
    }

    void reach(String milestone) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                text(service.get(ROOT + "/milestones/" + milestone, relations), "/state"))
                        .isEqualTo("reached"));
    }

    static void soon(Runnable assertion) {
        await().atMost(PATIENCE).untilAsserted(assertion::run);
    }

    /** What stands at a JSON pointer of the answer. */
    static String text(Answer answer, String pointer) {
        return answer.body().at(pointer).asString("");
    }

    @Override
    public void close() {
        operations.close();
        billing.close();
        service.close();
    }
}
