package menara.bench.eventstore;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import menara.bench.Server;
import menara.bench.Writers;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import org.axonframework.conversion.PassThroughConverter;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.bson.Document;

/** Rates of writing the same event: by the plain driver, and by the engine. Each has a database of its own, dropped afterwards. */
final class Rates {

    static final int MANY = 500;

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Server server;
    private final int seconds;

    /** @param seconds measured time of one rate */
    Rates(Server server, int seconds) {
        this.server = server;
        this.seconds = seconds;
    }

    private MongoDatabase fresh() {
        return server.database("rates-" + DATABASES.getAndIncrement());
    }

    /** Documents per second, one by one. */
    double insertOne(int threads) throws InterruptedException, ExecutionException {
        var database = fresh();
        var documents = database.getCollection("plain").withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        var positions = new AtomicLong();
        return dropping(database, Writers.perSecond(threads, seconds, writer -> () -> {
            long position = positions.getAndIncrement();
            documents.insertOne(Events.document(position, writer, position));
            return 1;
        }));
    }

    /** Documents per second, {@value #MANY} at a time. */
    double insertMany(int threads) throws InterruptedException, ExecutionException {
        var database = fresh();
        var documents = database.getCollection("plain").withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        var positions = new AtomicLong();
        return dropping(database, Writers.perSecond(threads, seconds, writer -> () -> {
            long first = positions.getAndAdd(MANY);
            var batch = new ArrayList<Document>(MANY);
            for (long position = first; position < first + MANY; position++) {
                batch.add(Events.document(position, writer, position));
            }
            documents.insertMany(batch);
            return MANY;
        }));
    }

    /**
     * Events per second. Each writer appends one event after the other to a meter of its own, on condition that no other writer did since
     * its last append, and waits for each acknowledgement.
     */
    double append(int writers) throws InterruptedException, ExecutionException {
        var database = fresh();
        try (var engine = engine(database)) {
            return Writers.perSecond(writers, seconds, writer -> new Appending(engine, writer));
        } finally {
            database.drop();
        }
    }

    /** One writer and what it knows of its meter. */
    private static final class Appending implements Writers.Step {

        private final MongoEventStorageEngine engine;
        private final int meter;
        private ConsistencyMarker last = ConsistencyMarker.ORIGIN;
        private long readings;

        Appending(MongoEventStorageEngine engine, int meter) {
            this.engine = engine;
            this.meter = meter;
        }

        @Override
        public int run() throws InterruptedException, ExecutionException {
            last = Events.append(engine, Events.nothingNewOf(meter, last), List.of(Events.tagged(meter, readings++)));
            return 1;
        }
    }

    static MongoEventStorageEngine engine(MongoDatabase database) {
        return MongoEventStorageEngine.builder(database, PassThroughConverter.INSTANCE)
                .open();
    }

    private static double dropping(MongoDatabase database, double rate) {
        database.drop();
        return rate;
    }
}
