package menara.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import menara.testkit.OddRequestsWalk;
import menara.testkit.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class OddRequestsTest extends OddRequestsWalk {

    private static final String TENANT = "atlas-ai";

    @SuppressWarnings("NullAway.Init")
    private static Site site;

    @SuppressWarnings("NullAway.Init")
    private static List<String> names;

    @BeforeAll
    static void start() {
        site = new Site();
        site.register("hall-1", "rack-1", "rack-2");
        var contract = Site.contract();
        site.billing.publish(site.signed(contract, TENANT, Site.CASABLANCA));
        site.capacity.publish(site.activated(contract, TENANT, Site.SPRING, "rack-1"));
        await().atMost(Site.LIMIT)
                .untilAsserted(() -> assertThat(site.availability(site.operator(), contract, "2026-04")
                                .status())
                        .isEqualTo(200));
        var open = site.open("2026-04-10T10:00:00Z", "rack-1")
                .body()
                .path("incident")
                .asString();
        var over = site.outage("2026-04-10T10:00:00Z", "2026-04-10T11:00:00Z", "rack-1", "rack-2");
        names = List.of("hall-1", "rack-1", "rack-2", open, over, contract.toString());
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
    protected List<String> names() {
        return names;
    }

    @Override
    protected String party() {
        return TENANT;
    }
}
