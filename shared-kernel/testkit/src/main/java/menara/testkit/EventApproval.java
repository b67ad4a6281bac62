package menara.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import menara.platform.web.ValuesJacksonModule;
import menara.values.PublishedEvent;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds that every event ever written can still be read: for each event of a service, private or published, there is an approved JSON
 * file in {@code src/test/resources/events}, which reads into the class and writes back the same. A new event needs a new file; a changed
 * one a new version beside the old. Extend it and name the service.
 */
public abstract class EventApproval {

    private static final Path APPROVED = Path.of("src/test/resources/events");

    private final String service;
    private final JsonMapper json = JsonMapper.builder()
            .addModule(new ValuesJacksonModule())
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    protected EventApproval(String service) {
        this.service = service;
    }

    @TestFactory
    Stream<DynamicTest> every_event_has_an_approved_form_that_still_reads() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("menara." + service)
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Event.class) || type.isAnnotatedWith(PublishedEvent.class))
                        .map(JavaClass::reflect)
                        .map(type -> DynamicTest.dynamicTest(fileName(type), () -> approve(type)));
    }

    private static String fileName(Class<?> type) {
        var event = type.getAnnotation(Event.class);
        if (event != null) {
            return "%s-v%s.json".formatted(event.name(), event.version());
        }
        var published = type.getAnnotation(PublishedEvent.class);
        return "published-%s-v%s.json".formatted(published.name(), published.version());
    }

    private void approve(Class<?> type) throws IOException {
        var file = APPROVED.resolve(fileName(type));
        assertThat(file)
                .as("approved form of %s; write an example of it by hand", type.getName())
                .exists();
        var approved = json.readTree(Files.readString(file));
        var event = json.treeToValue(approved, type);
        // Through text, as it is stored: a tree made directly tells int from long, JSON does not.
        assertThat(json.readTree(json.writeValueAsString(event)))
                .as("what is written is what was approved")
                .isEqualTo(approved);
    }
}
