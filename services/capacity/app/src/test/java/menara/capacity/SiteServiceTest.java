package menara.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import menara.platform.security.Role;
import menara.testkit.RunningService;
import menara.testkit.RunningService.Answer;
import menara.testkit.TestClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole campus of 500 MW, from its document to a commitment of its racks. */
class SiteServiceTest {

    private static final String CSV = "text/csv";

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = new RunningService(
                "capacity", CapacityApplication.class, new TestClock(Instant.parse("2026-11-23T10:00:00Z")));
        SignedContracts.ofAtlas(service);
        var imported = post("/site", get("/site/reference").text());
        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        assertThat(imported.text())
                .isEqualTo(
                        "{\"phases\":5,\"commissionings\":1,\"powerNodes\":6512,\"halls\":50,\"racks\":2900,\"connections\":2900,\"notes\":[]}");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void what_is_exported_can_be_imported_again_and_changes_nothing_as_json_and_as_csv() {
        var nothing =
                "{\"phases\":0,\"commissionings\":0,\"powerNodes\":0,\"halls\":0,\"racks\":0,\"connections\":0,\"notes\":[]}";

        assertThat(post("/site", get("/site").text()).text()).isEqualTo(nothing);
        assertThat(post("/site", get("/site", "Accept", CSV).text(), "Content-Type", CSV)
                        .text())
                .isEqualTo(nothing);
    }

    @Test
    void racks_of_the_campus_are_committed_with_every_node_above_them() {
        var reservation = post("/reservations", """
                {"contract":"019b7c3e-0000-7000-8000-000000000002","tenant":"atlas-ai",
                 "period":{"from":"2027-01-01T00:00:00Z","until":"2028-01-01T00:00:00Z"},"racks":{"count":60}}""");
        var confirmed =
                post(reservation.header("Location").substring("/api/capacity".length()) + "/confirmation", "{}");

        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        assertThat(confirmed.body().at("/racks/0").asString()).isEqualTo("hall-01-rack-01");
        assertThat(confirmed.body().at("/racks/59").asString()).isEqualTo("hall-02-rack-02");
    }

    @Test
    void a_document_that_is_no_possible_site_is_refused_with_every_field_and_node() {
        var refused = post("/site", """
                {"phases":[],"halls":[{"hall":"h","phase":"nowhere","limit":{"value":1,"unit":"MW"}}],"racks":[],
                 "powerNodes":[
                   {"node":"s1","kind":"switchboard","fedBy":["s2"],"rating":{"power":{"value":1,"unit":"MW"},"units":1,"spare":0,"utilisationPercent":100}},
                   {"node":"s2","kind":"switchboard","fedBy":["s1"],"rating":{"power":{"value":1,"unit":"MW"},"units":1,"spare":0,"utilisationPercent":100}}]}""");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/errors/0/field").asString()).isEqualTo("powerNodes[0].fedBy");
        assertThat(refused.body().at("/errors/0/detail").asString()).contains("s1 is fed by s2 is fed by s1");
        assertThat(refused.body().at("/errors/1/detail").asString()).contains("hall h is an orphan");
        assertThat(post("/site", "{\"phases\":[],\"halls\":[],\"racks\":[]}").status())
                .isEqualTo(400);
        assertThat(post("/site", "kind,node\r\n", "Content-Type", CSV)
                        .body()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("line 1");
    }

    private static Answer get(String path, String... headers) {
        return service.get("/api/capacity" + path, token(), headers);
    }

    private static Answer post(String path, String body, String... headers) {
        return service.post("/api/capacity" + path, token(), body, headers);
    }

    private static String token() {
        return service.tokens().token(Role.CAPACITY_MANAGER.realmName(), Role.CAPACITY_MANAGER);
    }
}
