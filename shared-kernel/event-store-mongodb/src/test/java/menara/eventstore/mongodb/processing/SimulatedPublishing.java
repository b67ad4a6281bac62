package menara.eventstore.mongodb.processing;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogIdentity;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.machine.Machine;
import org.axonframework.conversion.Converter;

/** Opens a published log on a machine of the test's; only this room sees where the machine goes. */
public final class SimulatedPublishing {

    private SimulatedPublishing() {}

    public static PublishedLog open(
            MongoDatabase database,
            String log,
            LogIdentity source,
            ReadStrategy strategy,
            Limits limits,
            Converter converter,
            Clock clock,
            Machine machine) {
        return PublishedLog.open(database, log, source, strategy, converter, limits, clock, machine);
    }
}
