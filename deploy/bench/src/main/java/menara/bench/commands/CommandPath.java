package menara.bench.commands;

import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import menara.bench.Report;
import menara.bench.Server;
import menara.bench.Writers;
import menara.bench.commands.Meters.ReadMeter;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.spring.Commands;
import menara.values.refusals.Refusal;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.messaging.commandhandling.gateway.CommandGateway;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Callers who each send a command, wait until it is acknowledged, and send the next, to meters drawn at random: source, decide, append,
 * while two projections follow. A command that met another one on the same meter is refused, and does not count.
 */
public final class CommandPath implements AutoCloseable {

    private static final int CALLERS = 16;
    private static final int METERS = 512;
    private static final int SECONDS = 4;
    private static final int PROJECTIONS = 2;
    private static final long CATCH_UP_SECONDS = 120;
    private static final long POLL_MILLIS = 10;
    private static final int MAX_CAUSES = 20;
    private static final String NOTE = "x".repeat(100);

    private final ConfigurableApplicationContext context;
    private final AtomicReferenceArray<UUID> meters = new AtomicReferenceArray<>(METERS);
    private final LongAdder refused = new LongAdder();

    private CommandPath(Server server) {
        this.context = MeterService.start(server.uri());
        for (int i = 0; i < METERS; i++) {
            meters.set(i, UUID.randomUUID());
        }
    }

    public static void measure(Report report, Server server) throws InterruptedException, ExecutionException {
        try (var path = new CommandPath(server)) {
            var gateway = path.context.getBean(AxonConfiguration.class).getComponent(CommandGateway.class);
            var commands = path.perSecond(gateway);
            int refusals = path.refused.intValue();
            double lag = path.awaitProjections(server.database(MeterService.DATABASE));
            report.add("commands-16-cold-per-s", commands.cold(), "commands/s");
            report.atLeast("commands-16-per-s", commands.warm(), "commands/s", 3_000);
            report.add("commands-16-refused", refusals, "commands");
            report.add("commands-16-projections-later-s", lag, "s");
            report.add(
                    "commands-16-vs-insert-one-8",
                    commands.warm() / report.value("raw-insert-one-8").orElseThrow(),
                    "ratio");
            report.add("commands-16-read-your-writes", path.andProjectedPerSecond(), "commands/s");
        } finally {
            server.database(MeterService.DATABASE).drop();
        }
    }

    private Writers.Rates perSecond(CommandGateway gateway) throws InterruptedException, ExecutionException {
        return Writers.warmPerSecond(CALLERS, SECONDS, _ -> caller(command -> send(gateway, command)));
    }

    /** The same through the bean that services use, which returns when the projections have seen what was written. */
    private double andProjectedPerSecond() throws InterruptedException, ExecutionException {
        var commands = context.getBean(Commands.class);
        return Writers.perSecond(CALLERS, SECONDS, _ -> caller(command -> send(commands, command)));
    }

    /** How often the meter has been read with this command, or 0 if it was refused. */
    private interface Sending {
        int send(ReadMeter command) throws Exception;
    }

    private Writers.Step caller(Sending sending) {
        var random = RandomGenerator.of("L64X128MixRandom");
        return () -> {
            int place = random.nextInt(METERS);
            var meter = meters.get(place);
            int readings = sending.send(new ReadMeter(meter, 1_000, NOTE));
            if (readings == Meters.MAX_READINGS) {
                meters.set(place, UUID.randomUUID());
            }
            return readings == 0 ? 0 : 1;
        };
    }

    private int send(CommandGateway gateway, ReadMeter command) throws InterruptedException, ExecutionException {
        try {
            return gateway.send(command, Integer.class).get();
        } catch (ExecutionException e) {
            if (causes(e).noneMatch(CommandPath::isRefusal)) {
                throw e;
            }
            refused.increment();
            return 0;
        }
    }

    private int send(Commands commands, ReadMeter command) {
        try {
            return commands.send(command, Integer.class);
        } catch (Refusal _) {
            return 0; // another caller wore the meter out just before
        }
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }

    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof AppendEventsTransactionRejectedException || thrown instanceof Refusal;
    }

    /** Seconds until both projections have stored that they have seen everything. */
    private double awaitProjections(MongoDatabase database) {
        long start = System.nanoTime();
        long head = context.getBean(MongoEventStorageEngine.class).head();
        var tokens = database.getCollection("tokens");
        while (tokens.find().into(new ArrayList<>()).stream()
                        .filter(token -> token.get("position") instanceof Number seen && seen.longValue() >= head)
                        .count()
                < PROJECTIONS) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(CATCH_UP_SECONDS)) {
                throw new IllegalStateException(
                        "the projections have not caught up within %d s".formatted(CATCH_UP_SECONDS));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        context.close();
    }
}
