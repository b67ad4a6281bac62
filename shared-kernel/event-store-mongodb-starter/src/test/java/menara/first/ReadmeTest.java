package menara.first;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.spring.Commands;
import org.axonframework.conversion.ChainingContentTypeConverter;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** What the README of the event store shows can be copied: it is what is compiled and run here. */
class ReadmeTest {

    private static String source(String name) throws IOException {
        var source = Files.readString(Path.of("src/test/java/menara/first", name + ".java"));
        return source.substring(source.lastIndexOf("import ")).split("\n\n", 2)[1];
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("../event-store-mongodb/README.md"));
    }

    @Test
    void the_first_event_is_stored_with_no_more_than_it_says() {
        try (var server = EmbeddedMongoServer.inMemory();
                var application = new SpringApplicationBuilder(FirstEvent.class)
                        .web(WebApplicationType.NONE)
                        .run("--menara.eventstore.uri=" + server.connectionString())) {
            var commands = application.getBean(Commands.class);

            assertThat(FirstEvent.write(commands)).isEqualTo(1);
            assertThat(FirstEvent.write(commands)).isEqualTo(2);
        }
    }

    @Test
    void the_engine_opens_without_spring() {
        try (var server = EmbeddedMongoServer.inMemory();
                var client = MongoClients.create(server.connectionString());
                var engine = WithoutSpring.open(client, new ChainingContentTypeConverter())) {
            assertThat(engine.head()).isZero();
        }
    }

    @Test
    void the_readme_shows_exactly_that() throws IOException {
        assertThat(readme())
                .contains("```java\n" + source("FirstEvent") + "```", "```java\n" + source("WithoutSpring") + "```");
    }
}
