package menara.eventstore.mongodb.simulation;

import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import menara.eventstore.mongodb.processing.SimulatedParking;

/** One process of the house from its start to its end, with everything that a service does with the store. */
final class Instance {

    static final String LOG = "events";
    static final String PUBLISHED = "published";

    /** After which a silent process has lost what it claimed. */
    static final Duration CLAIM = Duration.ofMillis(500);

    private final Scenario scenario;
    private final Hindrances hindrances;
    private final History history;
    private final SimulatedProcess process;
    private final Connection connection;
    private final MongoDatabase database;
    private final Random random;
    private final List<Quota> quotas;
    private final Consumer<Instance> onLogWentBack;

    /** @param onLogWentBack told when this process says so */
    Instance(
            String name,
            Scenario scenario,
            Hindrances hindrances,
            History history,
            Scheduler scheduler,
            ReplicaSet servers,
            Faults faults,
            List<Quota> quotas,
            Consumer<Instance> onLogWentBack) {
        this.scenario = scenario;
        this.hindrances = hindrances;
        this.history = history;
        this.random = scheduler.random();
        this.process = new SimulatedProcess(name, scheduler, Duration.ofMillis(random.nextInt(200) - 100));
        this.connection = new Connection(process, scheduler, servers, faults, history);
        this.database = SimulatedDatabase.of(connection, servers);
        this.quotas = quotas;
        this.onLogWentBack = onLogWentBack;
    }

    Connection connection() {
        return connection;
    }

    String name() {
        return process.name();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() {
        history.tell(() -> name() + " is killed");
        process.kill();
    }

    void start() {
        history.tell(() -> name() + " starts");
        process.run(() -> {
            var home = Home.opened(scenario, history, process, database, random, () -> onLogWentBack.accept(this));
            quotas.forEach(quota -> process.run(new Writer(home, quota)));
            process.run(new Follower(home));
            if (scenario.publishers()) {
                process.run(new Publisher(home));
            }
            if (scenario.parking()) {
                park(home);
            } else if (scenario.processors()) {
                process.run(Processor.handlingAll(home));
            }
            if (scenario.keys()) {
                var logs = IntStream.range(0, Reporter.LOGS)
                        .mapToObj(log -> new KeyLog(log, database, scenario.limits(), process))
                        .toList();
                quotas.forEach(_ -> process.run(new Reporter(home, logs)));
            }
            if (scenario.dueDates()) {
                process.run(new DueWorker(home));
            }
        });
    }

    private void park(Home home) {
        var lot = SimulatedParking.open(database, StoredEffects.PARKED, SimulatedEvents.CONVERTER, process.clock());
        var projection = new Projection(home, hindrances);
        process.run(Processor.parking(home, lot, new ParkingHandler(home, lot, projection)));
        process.run(new Replayer(home, lot, projection));
        process.run(new Provider(home, projection, quotas));
    }

    /** Whether this process knows all of a log that is so long. */
    boolean hasSeen(long length) {
        var seen = history.followers().get(name());
        return length == 0 || (seen != null && seen.size() >= length);
    }
}
