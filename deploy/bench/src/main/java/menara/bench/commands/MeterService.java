package menara.bench.commands;

import com.mongodb.client.MongoDatabase;
import java.util.UUID;
import menara.bench.commands.Meters.Meter;
import menara.bench.commands.Meters.MeterEvent;
import menara.bench.commands.Meters.MeterRead;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.platform.security.RouteTable;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** A service with one command and two projections that write a document for each event. */
@SpringBootApplication
class MeterService {

    /** Of this service. */
    static final String DATABASE = "menara_bench";

    /** Collection with a document for each reading. */
    static final String READINGS = "readings";

    static ConfigurableApplicationContext start(String uri) {
        var nobody = "http://127.0.0.1:1/"; // tokens are not asked for where nobody calls
        return new SpringApplicationBuilder(MeterService.class)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--spring.config.name=none", // the services on the class path bring an application.yaml each
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--menara.service=bench",
                        "--menara.mongodb.uri=" + uri,
                        "--menara.security.issuer=" + nobody,
                        "--menara.security.jwk-set-uri=" + nobody,
                        "--menara.security.audience=bench-service");
    }

    @Bean
    RouteTable routes() {
        return RouteTable.of(); // no callers over HTTP
    }

    @Bean
    EventSourcedState<UUID, Meter, MeterEvent> meters() {
        return Meters.state();
    }

    @Projection(value = "registers", by = "meter")
    static class Registers {

        private final ReadModel registers;

        Registers(MongoDatabase database) {
            this.registers = ReadModel.in(database, "registers");
        }

        @EventHandler(eventName = "menara.bench.MeterRead")
        void on(MeterRead event) {
            registers.put(event.meter().toString(), new Document("register", event.register()));
        }
    }

    @Projection(value = "readings", by = "meter")
    static class Readings {

        private final ReadModel readings;

        Readings(MongoDatabase database) {
            this.readings = ReadModel.in(database, READINGS);
        }

        @EventHandler(eventName = "menara.bench.MeterRead")
        void on(MeterRead event) {
            readings.put(
                    event.meter() + "-" + event.reading(),
                    new Document("register", event.register()).append("note", event.note()));
        }
    }
}
