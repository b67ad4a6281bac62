package menara.eventstore.mongodb;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import menara.eventstore.mongodb.machine.Machine;
import menara.eventstore.mongodb.processing.PublishedLog;
import menara.eventstore.mongodb.processing.SimulatedPublishing;
import org.axonframework.conversion.Converter;

/** Opens the parts of the store on a machine of the test's; only their rooms see where the machine goes. */
public abstract class SimulatedMachine implements Machine {

    @Override
    public abstract long nanoTime();

    @Override
    public abstract void pause(long nanos);

    @Override
    public abstract ThreadFactory workers(String name);

    @Override
    public abstract void run(Runnable work);

    @Override
    public abstract void join(Thread worker, Duration limit);

    public MongoEventStorageEngine engine(
            MongoDatabase database,
            String log,
            ReadStrategy strategy,
            Limits limits,
            Converter converter,
            Clock clock) {
        return MongoEventStorageEngine.builder(database, converter)
                .log(log)
                .readStrategy(strategy)
                .limits(limits)
                .clock(clock)
                .machine(this)
                .open();
    }

    public PublishedLog publishedLog(
            MongoDatabase database,
            String log,
            LogIdentity source,
            ReadStrategy strategy,
            Limits limits,
            Converter converter,
            Clock clock) {
        return SimulatedPublishing.open(database, log, source, strategy, limits, converter, clock, this);
    }
}
