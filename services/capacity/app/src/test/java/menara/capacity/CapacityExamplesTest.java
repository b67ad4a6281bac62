package menara.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import menara.testkit.ContractWalk;
import menara.testkit.RunningService;
import menara.testkit.TestClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the service tells others of itself: its API with examples, its events. */
class CapacityExamplesTest extends ContractWalk {

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = new RunningService(
                "capacity", CapacityApplication.class, new TestClock(Instant.parse("2026-11-23T10:00:00Z")));
        SignedContracts.ofAtlas(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Override
    protected RunningService service() {
        return service;
    }

    @Test
    void the_document_shows_ids_and_power_as_they_are_sent_and_says_what_must_be_there() {
        var document = service.document();
        var request = document.at("/components/schemas/ReservationRequest");

        assertThat(request.at("/properties/contract/type").asString()).isEqualTo("string");
        assertThat(request.at("/properties/contract/format").asString()).isEqualTo("uuid");
        assertThat(request.path("required").toString()).contains("contract", "tenant", "period", "racks");
        assertThat(document.at("/components/schemas/RacksRequest").has("required"))
                .isFalse();
        assertThat(document.at("/components/schemas/PhaseRequest/properties/planned/properties/unit/enum")
                        .toString())
                .isEqualTo("[\"W\",\"kW\",\"MW\"]");

        var operation =
                document.path("paths").path("/api/capacity/reservations").path("post");
        assertThat(operation.path("description").asString()).contains("capacity-manager");
        assertThat(operation.path("parameters").toString())
                .contains("Idempotency-Key")
                .doesNotContain("caller");
        assertThat(operation.path("responses").propertyNames())
                .contains("201", "400", "401", "403", "409", "422")
                .doesNotContain("200", "4XX");
    }

    @Test
    void the_catalogue_tells_each_published_event_its_fields_and_what_they_mean() {
        var catalogue = service.get("/api/capacity/asyncapi", null).body();

        assertThat(catalogue.path("asyncapi").asString()).isEqualTo("3.0.0");
        assertThat(catalogue.at("/components/messages").propertyNames())
                .contains(
                        "PowerCommissioned-v1",
                        "RackRegistered-v1",
                        "ReservationActivated-v1",
                        "ReservationConfirmed-v1",
                        "ReservationEnded-v1",
                        "ReservationRejected-v1");
        var message = catalogue.at("/components/messages/ReservationActivated-v1");
        assertThat(message.path("name").asString()).isEqualTo("menara.capacity.ReservationActivated");
        assertThat(message.path("description").asString()).contains("handed to the tenant");
        assertThat(catalogue
                        .at("/components/schemas/ReservationActivated/properties/racks/description")
                        .asString())
                .isEqualTo("the racks handed over");
    }
}
