package menara.eventstore.mongodb.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;

/** One history: what a seed makes of a house of several processes, and whether it kept what the store promises. */
public final class Simulation {

    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    /** When the last trouble is over at the latest, and when all must be well again. */
    private static final long TROUBLES_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long RECOVERY_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** When the log goes back at the latest, if it does. */
    private static final long BACK_NANOS = TimeUnit.MILLISECONDS.toNanos(1_200);

    /** Writes of which a primary that was just elected may not know yet that they were confirmed, and one more. */
    private static final int FORGOTTEN_WRITES = 4;

    /** An answer within the limit is under way for a moment more. */
    private static final Duration SLACK = Duration.ofMillis(50);

    /** Makes another random sequence of a seed. */
    private static final long MORE = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final Random random;
    private final Scheduler scheduler;
    private final History history;
    private final ReplicaSet servers;
    private final Faults faults;
    private final Scenario scenario;
    private final Hindrances hindrances;
    private final SimulatedProcess fate;
    private final List<Instance> instances = new ArrayList<>();
    private final List<List<Quota>> quotas = new ArrayList<>();
    private int lives;
    private boolean calm;
    private boolean over;
    private @Nullable StoredLog read;
    private long readAfter;
    private long parkingLookedAtAfter = -1;
    private boolean parkingIsOver;

    /**
     * @param violations what was promised and not kept; empty if all is well
     * @param lines what happened, if it was to be told
     */
    public record Result(long seed, List<String> violations, List<String> lines) {}

    private Simulation(long seed, boolean told) {
        this.seed = seed;
        this.random = new Random(seed);
        this.scheduler = new Scheduler(random);
        this.history = new History(scheduler, told);
        this.servers = new ReplicaSet(scheduler);
        this.faults = Faults.drawn(random);
        var more = new Random(seed * MORE);
        this.scenario = Scenario.drawn(random, more);
        this.hindrances = new Hindrances(scheduler, more);
        this.fate = new SimulatedProcess("fate", scheduler, Duration.ZERO);
    }

    /** @param told whether to write down what happens, which takes time */
    public static Result run(long seed, boolean told) {
        return new Simulation(seed, told).run();
    }

    private Result run() {
        history.tell(() -> scenario.toString());
        for (int i = 0; i < scenario.instances(); i++) {
            var ofInstance = new ArrayList<Quota>();
            for (int writer = 0; writer < scenario.writers(); writer++) {
                ofInstance.add(new Quota("p%dw%d".formatted(i, writer), scenario.appends()));
            }
            quotas.add(ofInstance);
            instances.add(instance(i, 0));
        }
        fate.run(this::direct);
        if (!scheduler.runUntil(() -> over || !history.alarms().isEmpty())) {
            history.alarm("it does not come to an end");
        }
        instances.forEach(instance -> instance.connection().heal());
        return new Result(seed, checked(), history.lines());
    }

    private Instance instance(int number, int life) {
        var instance = new Instance(
                "p%d.%d".formatted(number, life),
                scenario,
                hindrances,
                history,
                scheduler,
                servers,
                faults,
                quotas.get(number),
                stopped -> restart(number));
        if (calm) {
            instance.connection().heal();
        }
        instance.start();
        return instance;
    }

    private void direct() {
        if (scenario.back() != Scenario.Back.NOTHING) {
            fate.sleep(random.nextLong(BACK_NANOS));
            goBack();
            fate.run(this::mend);
        }
        for (int trouble = 0; trouble < scenario.troubles(); trouble++) {
            fate.sleep(random.nextLong(TROUBLES_NANOS / scenario.troubles()));
            makeTrouble();
        }
        fate.sleep(random.nextLong(TROUBLES_NANOS));
        calm = true;
        history.tell(() -> "from here on all is well");
        instances.forEach(instance -> instance.connection().heal());
        if (!servers.hasPrimary()) {
            servers.elect(servers.confirmed(), servers.confirmed());
        }
        servers.settle(servers.term());
        over = awaitEverything();
        if (!over) {
            history.alarm("not everything was done and seen when all was well for a minute");
            over = true;
        }
    }

    private boolean awaitEverything() {
        for (long waited = 0; waited < RECOVERY_NANOS; waited += 20 * MILLISECOND) {
            fate.sleep(20 * MILLISECOND);
            if (isDone()) {
                return true;
            }
        }
        return false;
    }

    private boolean isDone() {
        if (!quotas.stream().flatMap(List::stream).allMatch(Quota::isUsedUp) || history.awaitsAnswers()) {
            return false;
        }
        var log = stored().events();
        return instances.stream().allMatch(instance -> instance.hasSeen(log.size()))
                && (!scenario.publishers() || history.isPublished(StoredLog.read(servers, Instance.PUBLISHED), log))
                && (!scenario.processors()
                        || log.isEmpty()
                        || history.isHandled(log)
                        || !stored().beside().isEmpty())
                && (!scenario.parking() || parkingIsOver(log))
                && history.reports().stream().allMatch(Report::isOver)
                && (!scenario.dueDates() || history.due().stream().allMatch(Due::isSettled));
    }

    private boolean parkingIsOver(List<StoredLog.Event> log) {
        if (parkingLookedAtAfter != servers.confirmed()) {
            parkingIsOver = StoredEffects.read(servers)
                    .violations(log.stream().map(StoredLog.Event::id).toList(), hindrances)
                    .isEmpty();
            parkingLookedAtAfter = servers.confirmed();
        }
        return parkingIsOver;
    }

    /** Read again only if something was written meanwhile. */
    private StoredLog stored() {
        if (read == null || readAfter != servers.confirmed()) {
            read = StoredLog.read(servers, Instance.LOG);
            readAfter = servers.confirmed();
        }
        return read;
    }

    private void makeTrouble() {
        int chosen = random.nextInt(scenario.instances());
        switch (random.nextInt(5)) {
            case 0 -> restart(chosen);
            case 1 -> {
                history.tell(() -> instances.get(chosen).name() + " is cut off");
                instances.get(chosen).connection().cutOff(random.nextInt(1_500) * MILLISECOND);
            }
            case 2 -> {
                int term = servers.term();
                history.tell(() -> "the primary loses its majority");
                servers.loseMajority();
                scheduler.at(scheduler.now() + random.nextInt(1_500) * MILLISECOND, () -> servers.findMajority(term));
            }
            default -> election();
        }
    }

    private void restart(int chosen) {
        var stopped = instances.get(chosen);
        if (stopped.isAlive()) {
            stopped.kill();
            scheduler.at(scheduler.now() + random.nextInt(500) * MILLISECOND, () -> {
                if (instances.get(chosen) == stopped) {
                    instances.set(chosen, instance(chosen, ++lives));
                }
            });
        }
    }

    /**
     * Whenever a process says at its start that the log breaks off, an operator stops them all, removes what stands behind the end, and
     * starts them again.
     */
    private void mend() {
        while (!over) {
            if (servers.hasPrimary() && history.takeBrokenLog()) {
                history.tell(() -> "an operator stops everybody and removes what stands behind the end of the log");
                instances.forEach(Instance::kill);
                StoredLog.read(servers, Instance.LOG)
                        .beside()
                        .forEach(commit -> servers.write(Instance.LOG, commit, null));
                // No election brings back to sight what was removed: more was confirmed behind it before anybody
                // starts.
                for (int i = 0; i < FORGOTTEN_WRITES; i++) {
                    servers.write("operator", new BsonInt32(i), new BsonDocument("_id", new BsonInt32(i)));
                }
                servers.settle(servers.term());
                for (int i = 0; i < instances.size(); i++) {
                    instances.set(i, instance(i, ++lives));
                }
            }
            fate.sleep(20 * MILLISECOND);
        }
    }

    private void goBack() {
        var before = StoredLog.read(servers, Instance.LOG).events();
        long kept = random.nextLong(servers.confirmed() + 1);
        switch (scenario.back()) {
            case NOTHING -> throw new IllegalStateException("nobody puts anything back");
            case EVERYTHING -> servers.goBack(kept);
            case THE_LOG -> servers.goBack(Instance.LOG, kept);
        }
        int cut = StoredLog.read(servers, Instance.LOG).events().size();
        history.wentBack(new History.WentBack(scheduler.now(), before, cut));
    }

    private void election() {
        if (!servers.hasPrimary()) {
            return;
        }
        for (var instance : instances) {
            if (random.nextInt(3) == 0) {
                history.tell(() -> instance.name() + " stays with the old primary");
                instance.connection().stayBehind(random.nextInt(800) * MILLISECOND);
            }
        }
        history.tell(
                () -> "the primary is lost; %d writes, %d confirmed".formatted(servers.written(), servers.confirmed()));
        servers.loseElectedPrimary();
        int term = servers.term();
        scheduler.at(scheduler.now() + random.nextInt(300) * MILLISECOND, () -> {
            if (servers.hasPrimary()) {
                return;
            }
            long kept = servers.confirmed() + random.nextLong(servers.written() - servers.confirmed() + 1);
            long known = Math.max(0, servers.confirmed() - random.nextInt(FORGOTTEN_WRITES));
            history.tell(() ->
                    "a primary is elected; it keeps %d writes and knows %d to be confirmed".formatted(kept, known));
            servers.elect(kept, known);
            scheduler.at(scheduler.now() + random.nextInt(200) * MILLISECOND, () -> servers.settle(term));
        });
    }

    private List<String> checked() {
        var log = StoredLog.read(servers, Instance.LOG);
        if (history.wentBack().isPresent()) {
            return new ChecksAfterGoingBack(history, history.wentBack().get(), log, scenario).violations();
        }
        var checks = new Checks(history, log)
                .appends(scenario.limits().outcomeTimeout().plus(SLACK))
                .sources()
                .followers()
                .handling(scenario.processors())
                .keys(servers)
                .dueDates();
        if (scenario.publishers()) {
            checks.publishing(StoredLog.read(servers, Instance.PUBLISHED), History.publishable(log.events()));
        }
        if (scenario.parking()) {
            checks.parking(StoredEffects.read(servers), hindrances);
        }
        return checks.violations();
    }
}
