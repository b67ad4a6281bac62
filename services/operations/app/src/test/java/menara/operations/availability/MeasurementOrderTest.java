package menara.operations.availability;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import menara.billing.contract.ContractSigned;
import menara.capacity.contract.ReservationActivated;
import menara.capacity.contract.ReservationEnded;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.spring.Commands;
import menara.operations.allocations.AllocationHistory.Allocation;
import menara.operations.allocations.AllocationTestAccess;
import menara.operations.availability.AvailabilityCommands.MeasureAvailability;
import menara.operations.availability.MeasuredMonth.Measured;
import menara.operations.availability.MeasuredMonth.None;
import menara.operations.incidents.IncidentCorrected;
import menara.operations.incidents.IncidentHistory.Outage;
import menara.operations.incidents.IncidentKind;
import menara.operations.incidents.IncidentOpened;
import menara.operations.incidents.IncidentResolved;
import menara.operations.incidents.IncidentTestAccess;
import menara.testkit.Seeds;
import menara.values.ContractId;
import menara.values.IncidentId;
import menara.values.Period;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Three logs are read by three processors at once, each at its own pace and with repeated deliveries after a crash; whatever the
 * order, what is measured last must be what all facts together say.
 */
class MeasurementOrderTest {

    private static final int ROUNDS = Integer.getInteger("menara.operations.orders", 40);
    private static final int TIME_LIMIT_SECONDS = 30;
    /** About as long as a few look-ups, so that every order occurs. */
    private static final int MAX_PAUSE_NANOS = 3_000_000;

    private static final ZoneId ZONE = ZoneId.of("Africa/Casablanca");
    private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final int HOURS = 24 * 150;
    private static final TenantId TENANT = new TenantId("atlas");

    private static EmbeddedMongoServer server;
    private static MongoClient client;

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

    @Test
    void whatever_order_the_logs_are_read_in_the_last_measurement_is_what_all_facts_say() throws Exception {
        long seed = Seeds.of(MeasurementOrderTest.class);
        var random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            runRound(random, "seed %d, round %d".formatted(seed, round), "round-" + round);
        }
    }

    private static void runRound(SplittableRandom random, String what, String databaseName)
            throws InterruptedException, ExecutionException, TimeoutException {
        var history = History.random(random);
        var database = client.getDatabase(databaseName);
        var incidents = IncidentTestAccess.documents(database);
        var allocations = AllocationTestAccess.documents(database);
        var log = new MeasurementLog(random.split());
        var remeasurement = new AvailabilityRemeasurement(new Facts(allocations, incidents), allocations, log);
        var incidentPolicy = IncidentTestAccess.incidentPolicy(incidents, remeasurement);
        var reservationPolicy = AllocationTestAccess.reservationPolicy(allocations, remeasurement);
        var contractPolicy = AllocationTestAccess.contractPolicy(allocations, remeasurement);

        try (var threads = Executors.newFixedThreadPool(3)) {
            var running = List.of(
                    threads.submit(reader(history.incidentLog(), incidentPolicy, random.split())),
                    threads.submit(reader(history.allocationLog(), reservationPolicy, random.split())),
                    threads.submit(reader(history.contractLog(), contractPolicy, random.split())));
            for (Future<?> one : running) {
                one.get(TIME_LIMIT_SECONDS, SECONDS);
            }
        }

        assertThat(log.figures()).as("%s: %s", what, history).isEqualTo(history.expected());
        database.drop();
    }

    /** Reads a log in order, and now and then from some way back again, as after a crash before the progress was stored. */
    private static Callable<Void> reader(List<?> log, Consumer<Object> processor, SplittableRandom random) {
        return () -> {
            int next = 0;
            while (next < log.size()) {
                LockSupport.parkNanos(random.nextInt(MAX_PAUSE_NANOS));
                processor.accept(log.get(next));
                next = random.nextInt(6) == 0 ? Math.max(0, next - random.nextInt(3)) : next + 1;
            }
            return null;
        };
    }

    /** The private log of measurements: decides one command at a time, in whatever order they come. */
    private static final class MeasurementLog implements Commands {

        private final Map<ContractMonth, MeasuredMonth> months = new HashMap<>();
        private final SplittableRandom random;

        private MeasurementLog(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public void send(Object command) {
            LockSupport.parkNanos(delay());
            decide((MeasureAvailability) command);
        }

        private synchronized int delay() {
            return random.nextInt(MAX_PAUSE_NANOS);
        }

        private synchronized void decide(MeasureAvailability command) {
            var month = months.getOrDefault(command.month(), new None());
            for (var event : AvailabilityDecisions.decide(command, month)) {
                if (event instanceof AvailabilityMeasured measured) {
                    long before = month instanceof Measured earlier ? earlier.revision() : 0;
                    assertThat(measured.revision()).isEqualTo(before + 1);
                }
                month = MeasuredMonth.evolve(month, event);
            }
            months.put(command.month(), month);
        }

        @Override
        public <R> R send(Object command, Class<R> resultType) {
            throw new UnsupportedOperationException("a measurement has no result");
        }

        /** Months that were measured and have an outage in the end. */
        private synchronized Map<ContractMonth, Availability> figures() {
            var figures = new HashMap<ContractMonth, Availability>();
            months.forEach((month, measured) -> {
                if (measured instanceof Measured known
                        && !known.availability().incidents().isEmpty()) {
                    figures.put(month, known.availability());
                }
            });
            return figures;
        }
    }

    /** What the three logs hold, and what follows from all of it. */
    private record History(
            List<Object> incidentLog,
            List<Object> allocationLog,
            List<Object> contractLog,
            Map<ContractMonth, Availability> expected) {

        private static History random(SplittableRandom random) {
            var racks = IntStream.range(0, 4).mapToObj(n -> new RackId("r" + n)).toList();
            var contracts = List.of(new ContractId(new UUID(8, 1)), new ContractId(new UUID(8, 2)));
            var incidentLog = new ArrayList<Object>();
            var allocationLog = new ArrayList<Object>();
            var contractLog = new ArrayList<Object>();
            var outages = new ArrayList<Outage>();
            var allocations = new HashMap<ContractId, List<Allocation>>();

            for (int n = 0; n < 3; n++) {
                var id = new IncidentId(new UUID(0, n));
                var hit = pick(random, racks);
                var outage = hours(random, 24 * 40);
                var at = YEAR.plusSeconds(n * 10L);
                incidentLog.add(new IncidentOpened(id, IncidentKind.OTHER, "down", 1, hit, outage.from(), at));
                incidentLog.add(new IncidentResolved(id, 1, hit, outage, new UUID(7, 1), at.plusSeconds(1)));
                if (random.nextBoolean()) {
                    hit = pick(random, racks);
                    outage = hours(random, 24 * 40);
                    incidentLog.add(new IncidentCorrected(
                            id, 1, hit, outage, "wrong", "amina", 2, new UUID(7, 2), at.plusSeconds(2)));
                }
                outages.add(new Outage(id, hit, outage));
            }
            for (var contract : contracts) {
                var held = pick(random, racks);
                var reservation = new ReservationId(contract.value());
                var period = hours(random, HOURS);
                allocationLog.add(
                        new ReservationActivated(reservation, contract, TENANT, held, 72, period, period.from(), YEAR));
                if (random.nextBoolean()) {
                    var end = Period.between(
                            period.from(), period.from().plusSeconds(3_600L * (1 + random.nextInt(HOURS))));
                    allocationLog.add(
                            new ReservationEnded(reservation, contract, TENANT, end.until(), YEAR.plusSeconds(5)));
                    period = end.intersection(period).orElseThrow();
                }
                allocations.put(contract, List.of(new Allocation(held, period)));
                contractLog.add(new ContractSigned(
                        contract,
                        TENANT,
                        Period.between(YEAR, YEAR.plusSeconds(HOURS * 3_600L)),
                        Currency.getInstance("MAD"),
                        ZONE,
                        new BigDecimal("99.9"),
                        YEAR));
            }
            return new History(incidentLog, allocationLog, contractLog, expected(allocations, outages));
        }

        private static Map<ContractMonth, Availability> expected(
                Map<ContractId, List<Allocation>> allocations, List<Outage> outages) {
            var expected = new HashMap<ContractMonth, Availability>();
            allocations.forEach((contract, held) -> {
                for (var month = YearMonth.of(2025, 12);
                        month.isBefore(YearMonth.of(2027, 1));
                        month = month.plusMonths(1)) {
                    var availability = Availability.of(Period.month(month, ZONE), held, outages);
                    if (!availability.incidents().isEmpty()) {
                        expected.put(new ContractMonth(contract, month), availability);
                    }
                }
            });
            return expected;
        }

        private static Period hours(SplittableRandom random, int longest) {
            var from = YEAR.plusSeconds(3_600L * random.nextInt(HOURS));
            return Period.between(from, from.plusSeconds(3_600L * (1 + random.nextInt(longest))));
        }

        private static List<RackId> pick(SplittableRandom random, List<RackId> racks) {
            var first = racks.get(random.nextInt(racks.size()));
            return racks.stream()
                    .filter(rack -> rack.equals(first) || random.nextInt(3) == 0)
                    .toList();
        }
    }
}
