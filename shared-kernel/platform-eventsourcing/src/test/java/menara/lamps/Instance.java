package menara.lamps;

import com.mongodb.client.MongoDatabase;
import java.util.stream.Stream;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.spring.Commands;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One of several processes of the service, as far as it knows: they share nothing but the database. */
record Instance(ConfigurableApplicationContext context) implements AutoCloseable {

    /** @param settings what is different from how an instance is run otherwise, {@code --name=value} */
    static Instance of(Class<?> version, EmbeddedMongoServer server, String... settings) {
        var usual = Stream.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--menara.service=lamps",
                "--menara.mongodb.uri=" + server.connectionString(),
                "--menara.eventstore.processors.claim-timeout=1s",
                "--menara.security.issuer=http://127.0.0.1/realm",
                "--menara.security.jwk-set-uri=http://127.0.0.1/keys",
                "--menara.security.audience=lamps-service");
        return new Instance(new SpringApplicationBuilder(version)
                .run(Stream.concat(usual.filter(each -> isNotIn(each, settings)), Stream.of(settings))
                        .toArray(String[]::new)));
    }

    /** Of a setting that is given twice Spring makes a list. */
    private static boolean isNotIn(String usual, String... settings) {
        var name = usual.substring(0, usual.indexOf('=') + 1);
        return Stream.of(settings).noneMatch(setting -> setting.startsWith(name));
    }

    Commands commands() {
        return context.getBean(Commands.class);
    }

    MongoEventStorageEngine log() {
        return context.getBean(MongoEventStorageEngine.class);
    }

    MongoDatabase database() {
        return context.getBean(MongoDatabase.class);
    }

    /** How many events others can see. */
    int published() {
        int events = 0;
        for (var commit : database().getCollection("published").find()) {
            events += commit.getInteger("n");
        }
        return events;
    }

    @Override
    public void close() {
        context.close();
    }
}
