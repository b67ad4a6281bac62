package menara.platform.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The examples of a service in the order in which they can be played, from {@code examples/<service>.json} on the class path.
 *
 * @param all empty if there is no such file
 */
public record Examples(List<Example> all) {

    static Examples of(String service, JsonMapper json) {
        var file = new ClassPathResource("examples/" + service + ".json");
        if (!file.exists()) {
            return new Examples(List.of());
        }
        try (var content = file.getInputStream()) {
            return new Examples(json.readValue(content, new TypeReference<List<Example>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
