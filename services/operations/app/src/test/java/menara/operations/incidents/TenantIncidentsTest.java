package menara.operations.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import menara.capacity.contract.ReservationActivated;
import menara.capacity.contract.ReservationEnded;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.operations.allocations.AllocationReadModel;
import menara.operations.allocations.AllocationTestAccess;
import menara.values.ContractId;
import menara.values.IncidentId;
import menara.values.Period;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TenantIncidentsTest {

    private static final IncidentFilter ALL = new IncidentFilter(Optional.empty(), Optional.empty(), Optional.empty());

    private static final TenantId ATLAS = new TenantId("atlas");
    private static final TenantId RIF = new TenantId("rif");
    private static final UUID STEP = new UUID(2, 1);
    private static final Instant AT = Instant.parse("2026-03-20T00:00:00Z");

    private static EmbeddedMongoServer server;
    private static MongoClient client;

    private AllocationReadModel allocations;
    private IncidentReadModel incidents;
    private TenantIncidents ofTenant;

    @BeforeAll
    static void start() {
        server = EmbeddedMongoServer.inMemory(EmbeddedMongoServer.EPHEMERAL_PORT);
        client = MongoClients.create(server.connectionString());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void begin() {
        MongoDatabase database = client.getDatabase("tenant_incidents");
        database.drop();
        allocations = AllocationTestAccess.documents(database);
        incidents = new IncidentReadModel(database);
        ofTenant = new TenantIncidents(incidents, allocations);
        // atlas holds r1 and r2 from the 5th to the 15th, rif r3 all the month
        allocate(1, ATLAS, "2026-03-05T00:00:00Z", "2026-03-15T00:00:00Z", "r1", "r2");
        allocate(2, RIF, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", "r3");
    }

    @Test
    void a_tenant_sees_an_incident_with_its_own_racks_only() {
        report(1, "2026-03-10T10:00:00Z", "r1", "r3");

        assertThat(ofTenant.find(ATLAS, id(1)).orElseThrow().racks()).isEqualTo(racks("r1"));
        assertThat(ofTenant.find(RIF, id(1)).orElseThrow().racks()).isEqualTo(racks("r3"));
    }

    @Test
    void a_tenant_does_not_see_incidents_on_racks_of_others() {
        report(1, "2026-03-10T10:00:00Z", "r3");

        assertThat(ofTenant.find(ATLAS, id(1))).isEmpty();
        assertThat(ofTenant.page(ATLAS, Optional.empty(), 10, ALL)).isEmpty();
    }

    @Test
    void an_incident_that_was_over_before_the_allocation_began_is_not_the_tenants() {
        report(1, "2026-03-04T10:00:00Z", "r1");
        assertThat(ofTenant.find(ATLAS, id(1)))
                .as("open, so it lasts into the allocation")
                .isPresent();

        resolve(1, "2026-03-04T10:00:00Z", "2026-03-05T00:00:00Z", "r1");
        assertThat(ofTenant.find(ATLAS, id(1))).isEmpty();
    }

    @Test
    void an_incident_after_the_allocation_ended_is_not_the_tenants() {
        report(1, "2026-03-12T00:00:00Z", "r1");
        assertThat(ofTenant.find(ATLAS, id(1))).isPresent();

        AllocationTestAccess.store(
                allocations,
                new ReservationEnded(
                        new ReservationId(new UUID(9, 1)),
                        new ContractId(new UUID(8, 1)),
                        ATLAS,
                        Instant.parse("2026-03-12T00:00:00Z"),
                        AT));
        assertThat(ofTenant.find(ATLAS, id(1))).isEmpty();
    }

    @Test
    void a_tenant_sees_corrections_of_its_racks_and_neither_other_racks_nor_names() {
        report(1, "2026-03-10T10:00:00Z", "r1", "r3");
        resolve(1, "2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z", "r1", "r3");
        incidents.apply(new IncidentCorrected(
                id(1),
                2,
                List.of(new RackId("r1"), new RackId("r3")),
                Period.between(Instant.parse("2026-03-10T10:00:00Z"), Instant.parse("2026-03-10T10:30:00Z")),
                "wrong clock",
                "amina",
                2,
                STEP,
                AT));

        assertThat(ofTenant.find(ATLAS, id(1))).hasValueSatisfying(view -> {
            assertThat(view.corrections()).singleElement().satisfies(correction -> {
                assertThat(correction.reason()).isNull();
                assertThat(correction.by()).isNull();
                assertThat(correction.before()).isEqualTo(version("2026-03-10T11:00:00Z", "r1"));
                assertThat(correction.after()).isEqualTo(version("2026-03-10T10:30:00Z", "r1"));
            });
        });
    }

    private static Incident.Correction.Version version(String until, String rack) {
        return new Incident.Correction.Version(
                racks(rack), Period.between(Instant.parse("2026-03-10T10:00:00Z"), Instant.parse(until)));
    }

    @Test
    void a_tenant_is_told_the_kind_and_none_of_our_notes() {
        report(1, "2026-03-10T10:00:00Z", "r1");

        assertThat(ofTenant.find(ATLAS, id(1))).hasValueSatisfying(view -> {
            assertThat(view.kind()).isEqualTo(IncidentKind.COOLING);
            assertThat(view.title()).isNull();
        });
    }

    @Test
    void what_was_recorded_before_a_correction_is_shown_only_to_whom_it_concerned() {
        report(1, "2026-03-10T10:00:00Z", "r3");
        resolve(1, "2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z", "r3");
        correct(1, 2, "2026-03-10T12:00:00Z", "2026-03-10T13:00:00Z", "r1");

        assertThat(ofTenant.find(ATLAS, id(1))).hasValueSatisfying(view -> {
            assertThat(view.racks()).isEqualTo(racks("r1"));
            assertThat(view.corrections()).singleElement().satisfies(correction -> {
                assertThat(correction.before()).isNull();
                assertThat(correction.after()).isNotNull();
            });
        });
        assertThat(ofTenant.find(RIF, id(1)))
                .as("its availability was measured by it once, and it learns that it is not any more")
                .hasValueSatisfying(view -> {
                    assertThat(view.racks()).isEmpty();
                    assertThat(view.resolvedAt()).isEqualTo(Instant.parse("2026-03-10T11:00:00Z"));
                    assertThat(view.corrections()).singleElement().satisfies(correction -> {
                        assertThat(correction.before()).isNotNull();
                        assertThat(correction.after()).isNull();
                    });
                });
    }

    @Test
    void a_version_before_the_allocation_began_is_not_told_though_the_rack_is_the_tenants_now() {
        report(1, "2026-03-04T10:00:00Z", "r1");
        resolve(1, "2026-03-04T10:00:00Z", "2026-03-04T11:00:00Z", "r1");
        correct(1, 2, "2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z", "r1");

        assertThat(ofTenant.find(ATLAS, id(1)))
                .hasValueSatisfying(view -> assertThat(view.corrections())
                        .singleElement()
                        .satisfies(correction -> assertThat(correction.before()).isNull()));
    }

    @Test
    void a_correction_that_concerned_others_only_is_not_told() {
        report(1, "2026-03-10T10:00:00Z", "r1", "r3");
        resolve(1, "2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z", "r1", "r3");
        correct(1, 2, "2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z", "r1");

        assertThat(ofTenant.find(ATLAS, id(1)))
                .hasValueSatisfying(view -> assertThat(view.corrections()).isEmpty());
    }

    @Test
    void a_tenants_list_is_newest_first_and_continues_after_a_cursor() {
        for (int n = 1; n <= 5; n++) {
            report(n, "2026-03-10T10:00:00Z", n == 3 ? "r3" : "r1");
        }

        assertThat(ofTenant.page(ATLAS, Optional.empty(), 2, ALL))
                .extracting(IncidentView::incident)
                .containsExactly(id(5), id(4));
        assertThat(ofTenant.page(ATLAS, Optional.of(IncidentReadModel.order(AT, id(4))), 2, ALL))
                .extracting(IncidentView::incident)
                .containsExactly(id(2), id(1));
    }

    @Test
    void events_applied_twice_change_nothing() {
        report(1, "2026-03-10T10:00:00Z", "r1");
        resolve(1, "2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z", "r1");
        var once = incidents.history(id(1));

        report(1, "2026-03-10T10:00:00Z", "r1");
        resolve(1, "2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z", "r1");

        assertThat(incidents.history(id(1))).isEqualTo(once);
        assertThat(incidents.page(Optional.empty(), 10, ALL)).hasSize(1);
    }

    @Test
    void lists_are_asked_by_the_outage_of_the_highest_revision_in_whatever_order_revisions_come() {
        report(1, "2026-03-10T10:00:00Z", "r1");
        resolve(1, "2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z", "r1");
        correct(1, 3, "2026-03-12T10:00:00Z", "2026-03-12T11:00:00Z", "r1");
        correct(1, 2, "2026-03-11T10:00:00Z", "2026-03-11T11:00:00Z", "r1");
        report(2, "2026-03-10T10:00:00Z", "r1");

        assertThat(listed("resolved", "2026-03-12T11:00:00Z", "2026-03-13T00:00:00Z"))
                .isEmpty();
        assertThat(listed("resolved", "2026-03-12T00:00:00Z", "2026-03-12T10:00:00.5Z"))
                .containsExactly(id(1));
        assertThat(listed("resolved", "2026-03-01T00:00:00Z", "2026-03-12T10:00:00Z"))
                .isEmpty();
        assertThat(listed("open", "2026-03-20T00:00:00Z", "2026-03-21T00:00:00Z"))
                .containsExactly(id(2));
    }

    private List<IncidentId> listed(String state, String from, String until) {
        var filter = new IncidentFilter(
                Optional.of(state), Optional.of(Instant.parse(from)), Optional.of(Instant.parse(until)));
        return incidents.page(Optional.empty(), 10, filter).stream()
                .filter(filter::matches)
                .map(IncidentView::incident)
                .toList();
    }

    @Test
    void what_fell_before_the_racks_were_handed_over_was_nobodys_outage() {
        AllocationTestAccess.store(
                allocations,
                new ReservationActivated(
                        new ReservationId(new UUID(9, 1)),
                        new ContractId(new UUID(8, 1)),
                        ATLAS,
                        racks("r1"),
                        72,
                        Period.between(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z")),
                        Instant.parse("2026-03-21T00:00:00Z"),
                        AT));

        assertThat(allocations.of(ATLAS))
                .singleElement()
                .satisfies(allocation -> assertThat(
                                allocation.latest().orElseThrow().period().from())
                        .isEqualTo(Instant.parse("2026-03-21T00:00:00Z")));
    }

    private void allocate(int number, TenantId tenant, String from, String until, String... racks) {
        AllocationTestAccess.store(
                allocations,
                new ReservationActivated(
                        new ReservationId(new UUID(9, number)),
                        new ContractId(new UUID(8, number)),
                        tenant,
                        racks(racks),
                        72,
                        Period.between(Instant.parse(from), Instant.parse(until)),
                        Instant.parse(from),
                        AT));
    }

    private void report(int number, String startedAt, String... racks) {
        incidents.apply(new IncidentOpened(
                id(number), IncidentKind.COOLING, "pump failed", 2, racks(racks), Instant.parse(startedAt), AT));
    }

    private void resolve(int number, String from, String until, String... racks) {
        var outage = Period.between(Instant.parse(from), Instant.parse(until));
        incidents.apply(new IncidentResolved(id(number), 2, racks(racks), outage, STEP, AT));
    }

    private void correct(int number, long revision, String from, String until, String... racks) {
        var outage = Period.between(Instant.parse(from), Instant.parse(until));
        incidents.apply(
                new IncidentCorrected(id(number), 2, racks(racks), outage, "wrong clock", "amina", revision, STEP, AT));
    }

    private static IncidentId id(int number) {
        return new IncidentId(new UUID(0, number));
    }

    private static List<RackId> racks(String... names) {
        return Stream.of(names).map(RackId::new).toList();
    }
}
