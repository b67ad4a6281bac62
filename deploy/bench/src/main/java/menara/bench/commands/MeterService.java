package menara.bench.commands;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.util.UUID;
import menara.bench.commands.Meters.Meter;
import menara.bench.commands.Meters.MeterEvent;
import menara.bench.commands.Meters.MeterRead;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.Projection;
import menara.platform.security.RouteTable;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A service with one command and two projections that write a document for each event. */
@SpringBootApplication
class MeterService {

    @Bean
    RouteTable routes() {
        return RouteTable.of(); // nobody comes over HTTP
    }

    @Bean
    EventSourcedState<UUID, Meter, MeterEvent> meters() {
        return Meters.state();
    }

    @Projection("registers")
    static class Registers {

        private final MongoCollection<Document> registers;

        Registers(MongoDatabase database) {
            this.registers = database.getCollection("registers");
        }

        @EventHandler(eventName = "menara.bench.MeterRead")
        void on(MeterRead event) {
            put(registers, event.meter().toString(), new Document("register", event.register()));
        }
    }

    @Projection("readings")
    static class Readings {

        private final MongoCollection<Document> readings;

        Readings(MongoDatabase database) {
            this.readings = database.getCollection("readings");
        }

        @EventHandler(eventName = "menara.bench.MeterRead")
        void on(MeterRead event) {
            put(
                    readings,
                    event.meter() + "-" + event.reading(),
                    new Document("register", event.register()).append("note", event.note()));
        }
    }

    private static void put(MongoCollection<Document> collection, String id, Document document) {
        collection.replaceOne(Filters.eq(id), document.append("_id", id), new ReplaceOptions().upsert(true));
    }
}
