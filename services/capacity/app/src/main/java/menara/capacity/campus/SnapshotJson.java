package menara.capacity.campus;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import menara.platform.web.ValuesJacksonModule;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes decision state to snapshots: only the components of records, not their methods, and steps as numbers. */
public final class SnapshotJson {

    public static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new ValuesJacksonModule())
            .addModule(new SimpleModule("menara-snapshots")
                    .addSerializer(Headroom.class, new HeadroomSerializer())
                    .addDeserializer(Headroom.class, new HeadroomDeserializer()))
            .changeDefaultVisibility(visibility -> visibility
                    .withFieldVisibility(Visibility.ANY)
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE))
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private SnapshotJson() {}

    private static final class HeadroomSerializer extends StdSerializer<Headroom> {
        HeadroomSerializer() {
            super(Headroom.class);
        }

        @Override
        public void serialize(Headroom headroom, JsonGenerator out, SerializationContext context) {
            var numbers = headroom.written();
            out.writeArray(numbers, 0, numbers.length);
        }
    }

    private static final class HeadroomDeserializer extends StdDeserializer<Headroom> {
        HeadroomDeserializer() {
            super(Headroom.class);
        }

        @Override
        public Headroom deserialize(JsonParser in, DeserializationContext context) {
            return Headroom.read(context.readValue(in, long[].class));
        }
    }
}
