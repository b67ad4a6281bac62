package menara.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import menara.testkit.IdMatrix;
import menara.testkit.RunningService;
import menara.testkit.RunningService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whose things may stand in a call of operations. */
class OperationsIdsTest extends IdMatrix {

    private static final String NOBODYS = "019b7c3e-ffff-7000-8000-00000000ffff";

    @SuppressWarnings("NullAway.Init")
    private static Site site;

    @SuppressWarnings("NullAway.Init")
    private static String contractOfRif;

    @SuppressWarnings("NullAway.Init")
    private static String incidentOfRif;

    @BeforeAll
    static void start() {
        site = new Site();
        var contract = Site.contract();
        contractOfRif = contract.toString();
        site.register("hall-1", "rack-1");
        site.billing.publish(site.signed(contract, "rif-bio", Site.CASABLANCA));
        site.capacity.publish(site.activated(contract, "rif-bio", Site.SPRING, "rack-1"));
        incidentOfRif = site.outage("2026-04-10T10:00:00Z", "2026-04-10T11:00:00Z", "rack-1");
        await().atMost(Site.LIMIT).untilAsserted(() -> {
            assertThat(site.availability(site.tenant("rif-bio"), contract, "2026-04")
                            .status())
                    .isEqualTo(200);
            assertThat(incident("rif-bio", incidentOfRif).status()).isEqualTo(200);
        });
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Override
    protected RunningService service() {
        return site.service;
    }

    @Override
    protected List<Line> table() {
        return all(
                confined(
                        "GET /api/operations/availability",
                        "?contract",
                        id -> site.service.get(
                                "/api/operations/availability?month=2026-04&contract=" + id, site.tenant("atlas-ai")),
                        contractOfRif,
                        NOBODYS),
                confined(
                        "GET /api/operations/incidents/{incident}",
                        "{incident}",
                        id -> incident("atlas-ai", id),
                        incidentOfRif,
                        NOBODYS),
                ofTheHouse("POST /api/operations/halls/{hall}/energisation", "{hall}"),
                ofTheHouse("POST /api/operations/racks/{rack}/energisation", "{rack}"),
                ofTheHouse("POST /api/operations/incidents", "racks[]"),
                ofTheHouse("POST /api/operations/incidents/{incident}/resolution", "{incident}"),
                ofTheHouse("POST /api/operations/incidents/{incident}/correction", "racks[]", "{incident}"));
    }

    private static Answer incident(String tenant, String id) {
        return site.service.get("/api/operations/incidents/" + id, site.tenant(tenant));
    }
}
