package menara.eventstore.mongodb.simulation;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import menara.eventstore.mongodb.LogWentBack;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;

/** What everybody who works in a process has in common. */
record Home(
        Scenario scenario,
        History history,
        SimulatedProcess process,
        MongoDatabase database,
        Random random,
        MongoEventStorageEngine engine,
        Runnable onLogWentBack) {

    static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    /** @param onLogWentBack what an operator does when the process says so */
    static Home opened(
            Scenario scenario,
            History history,
            SimulatedProcess process,
            MongoDatabase database,
            Random random,
            Runnable onLogWentBack) {
        var engine = retried(
                process,
                history,
                () -> process.engine(
                        database,
                        Instance.LOG,
                        scenario.strategy(),
                        scenario.limits(),
                        SimulatedEvents.CONVERTER,
                        process.clock()));
        return new Home(scenario, history, process, database, random, engine, onLogWentBack);
    }

    /** What a supervisor does with a process that does not come up. */
    private static <T> T retried(SimulatedProcess process, History history, Supplier<T> opening) {
        while (true) {
            try {
                return opening.get();
            } catch (LogWentBack e) {
                history.tell(() -> "%s cannot start: %s".formatted(process.name(), e.getMessage()));
                history.brokenLog();
                process.sleep(20 * MILLISECOND);
            } catch (MongoException | EventStoreException e) {
                history.tell(() -> "%s cannot start: %s".formatted(process.name(), e.getMessage()));
                process.sleep(20 * MILLISECOND);
            }
        }
    }

    <T> T retried(Supplier<T> opening) {
        return retried(process, history, opening);
    }

    String name() {
        return process.name();
    }

    void noteFailure(String what, Throwable failure) {
        if (failure instanceof LogWentBack && history.wentBack().isPresent()) {
            history.tell(() -> what + ": " + failure.getMessage());
            onLogWentBack.run();
        } else if (failure instanceof MongoException || failure.getClass() == EventStoreException.class) {
            history.tell(() -> what + ": " + failure.getMessage());
        } else {
            history.alarm(what + ": " + failure);
        }
    }

    MessageStream<EventMessage> stream(long from) {
        return engine.stream(StreamingCondition.startingFrom(new GlobalSequenceTrackingToken(from)), null);
    }

    static long position(MessageStream.Entry<EventMessage> entry) {
        return TrackingToken.fromContext(entry).orElseThrow().position().orElseThrow();
    }
}
