package menara.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import menara.billing.contract.ContractSigned;
import menara.capacity.contract.RackRegistered;
import menara.capacity.contract.ReservationActivated;
import menara.capacity.contract.ReservationEnded;
import menara.platform.security.Role;
import menara.testkit.NeighbourLog;
import menara.testkit.RunningService;
import menara.testkit.RunningService.Answer;
import menara.testkit.StoredLog;
import menara.testkit.TestClock;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.bson.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operations service, running, with capacity and billing played by the test. */
final class Site implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(10);
    static final Instant NOW = Instant.parse("2026-04-15T12:00:00Z");
    static final Period SPRING =
            Period.between(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-06-01T00:00:00Z"));
    static final ZoneId CASABLANCA = ZoneId.of("Africa/Casablanca");

    final TestClock clock = new TestClock(NOW);
    final RunningService service = new RunningService("operations", OperationsApplication.class, clock);
    final NeighbourLog capacity = new NeighbourLog(service.mongo(), "capacity", clock);
    final NeighbourLog billing = new NeighbourLog(service.mongo(), "billing", clock);
    private final JsonMapper json = JsonMapper.builder().build();

    MongoDatabase database() {
        return service.mongo().getDatabase("menara_operations");
    }

    String operator() {
        return service.tokens().token("operator", Role.OPERATOR);
    }

    String tenant(String tenant) {
        return service.tokens().memberOf(tenant, Role.TENANT);
    }

    /** Registers racks and waits until the service lists them. */
    void register(String hall, String... racks) {
        capacity.publish(Stream.of(racks)
                .map(rack -> new RackRegistered(
                        new RackId(rack), new NodeId(hall), new PhaseId("phase-1"), 72, Power.kilowatts(132), NOW))
                .toArray());
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(database().getCollection("racks").countDocuments(new Document("hall", hall)))
                                .isEqualTo(racks.length));
    }

    ReservationActivated activated(ContractId contract, String tenant, Period period, String... racks) {
        return new ReservationActivated(
                new ReservationId(contract.value()),
                contract,
                new TenantId(tenant),
                Stream.of(racks).map(RackId::new).toList(),
                72 * racks.length,
                period,
                period.from(),
                clock.instant());
    }

    ReservationEnded ended(ContractId contract, String tenant, Instant endedAt) {
        return new ReservationEnded(
                new ReservationId(contract.value()), contract, new TenantId(tenant), endedAt, clock.instant());
    }

    ContractSigned signed(ContractId contract, String tenant, ZoneId zone) {
        return new ContractSigned(
                contract,
                new TenantId(tenant),
                SPRING,
                Currency.getInstance("MAD"),
                zone,
                new BigDecimal("99.9"),
                clock.instant());
    }

    static ContractId contract() {
        return new ContractId(UUID.randomUUID());
    }

    Answer open(String startedAt, String... racks) {
        return service.post(
                "/api/operations/incidents",
                operator(),
                Map.of(
                        "kind",
                        "cooling",
                        "title",
                        "pump failed",
                        "severity",
                        2,
                        "racks",
                        List.of(racks),
                        "startedAt",
                        startedAt));
    }

    Answer resolve(String incident, String resolvedAt) {
        return service.post(
                "/api/operations/incidents/" + incident + "/resolution", operator(), Map.of("resolvedAt", resolvedAt));
    }

    Answer correct(String incident, String startedAt, String resolvedAt, String... racks) {
        return service.post(
                "/api/operations/incidents/" + incident + "/correction",
                operator(),
                Map.of(
                        "racks",
                        List.of(racks),
                        "startedAt",
                        startedAt,
                        "resolvedAt",
                        resolvedAt,
                        "reason",
                        "wrong clock"));
    }

    /** Opens and resolves an incident. */
    String outage(String startedAt, String resolvedAt, String... racks) {
        var opened = open(startedAt, racks);
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        var incident = opened.body().path("incident").asString();
        var resolved = resolve(incident, resolvedAt);
        assertThat(resolved.status()).as(resolved.text()).isEqualTo(200);
        return incident;
    }

    Answer availability(String token, ContractId contract, String month, String... more) {
        return service.get(
                "/api/operations/availability?contract=%s&month=%s%s".formatted(contract, month, String.join("", more)),
                token);
    }

    /** Waits until the service has read what capacity and billing said of the contract. */
    void awaitKnown(ContractId contract, String month, long scheduledRackSeconds) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(availability(operator(), contract, month)
                                .body()
                                .path("scheduledRackSeconds")
                                .asLong(-1))
                        .isEqualTo(scheduledRackSeconds));
    }

    /** What this service published under a name, oldest first. */
    List<JsonNode> published(String name) {
        return StoredLog.read(database(), "published").stream()
                .filter(event -> event.type().name().equals("menara.operations." + name))
                .map(event -> json.readTree(StoredLog.json(event)))
                .toList();
    }

    List<JsonNode> measured(ContractId contract) {
        return published("AvailabilityMeasured").stream()
                .filter(event -> event.path("contract").asString().equals(contract.toString()))
                .toList();
    }

    /** Waits for the measurements of a contract, as {@code month revision: unavailable/scheduled}. */
    void awaitMeasured(ContractId contract, String... expected) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(measured(contract).stream()
                                .map(event -> "%s %d: %d/%d"
                                        .formatted(
                                                event.path("month").asString(),
                                                event.path("revision").asLong(),
                                                event.path("unavailableRackMinutes")
                                                        .asLong(),
                                                event.path("scheduledRackMinutes")
                                                        .asLong())))
                        .containsExactly(expected));
    }

    @Override
    public void close() {
        capacity.close();
        billing.close();
        service.close();
    }
}
