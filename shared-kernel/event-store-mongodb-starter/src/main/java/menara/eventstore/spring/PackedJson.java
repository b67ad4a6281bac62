package menara.eventstore.spring;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * States as compressed JSON of a separate class, so that the state does not depend on its stored form. A checksum detects damaged bytes.
 *
 * @param <W> the stored class
 */
public record PackedJson<I, S, W>(
        String revision,
        Function<I, Optional<String>> names,
        JsonMapper json,
        Class<W> written,
        Function<S, W> write,
        Function<W, S> read)
        implements StateForm<I, S> {

    public PackedJson {
        json = json.rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                // Reads to the end, where the checksum is.
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    @Override
    public Optional<String> name(I id) {
        return names.apply(id);
    }

    @Override
    public byte[] bytes(S state) {
        var bytes = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(bytes)) {
            json.writeValue(packed, write.apply(state));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public S state(byte[] bytes) {
        try (var packed = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return read.apply(json.readValue(packed, written));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
