package menara.billing.meters;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** All meters, by their codes. */
@Projection(value = "meters", by = "meter")
public class MeterReadModel {

    /** Meters remembered; a definition never changes, so it never grows old. */
    private static final int MAX_REMEMBERED = 10_000;

    private final ReadModel meters;
    private final Map<String, Meter> remembered =
            new ConcurrentHashMap<>(Meter.BUILT_IN.stream().collect(Collectors.toMap(Meter::code, meter -> meter)));

    public MeterReadModel(MongoDatabase database) {
        this.meters = ReadModel.in(database, "meters");
    }

    @EventHandler(eventName = "menara.billing.MeterDefined")
    void on(MeterDefined event) {
        meters.put(
                event.meter().value(),
                new Document("unit", event.unit())
                        .append("aggregation", event.aggregation().name())
                        .append("dimensions", event.dimensions()));
    }

    public Optional<Meter> find(String code) {
        return Optional.ofNullable(get(code));
    }

    @Nullable
    public Meter get(String code) {
        var known = remembered.get(code);
        if (known != null) {
            return known;
        }
        var document = meters.find(eq("_id", code)).first();
        if (document == null) {
            return null;
        }
        var meter = read(document);
        if (remembered.size() < MAX_REMEMBERED) {
            remembered.put(code, meter);
        }
        return meter;
    }

    /** @throws IllegalStateException if there is none; plans and usage name only meters that exist */
    public Meter require(String code) {
        return find(code).orElseThrow(() -> new IllegalStateException("there is no meter " + code));
    }

    List<Meter> all() {
        return Stream.concat(
                        Meter.BUILT_IN.stream(),
                        meters.find().into(new java.util.ArrayList<>()).stream().map(MeterReadModel::read))
                .toList();
    }

    private static Meter read(Document document) {
        return Meter.defined(
                document.getString("_id"),
                document.getString("unit"),
                Aggregation.valueOf(document.getString("aggregation")),
                document.getList("dimensions", String.class));
    }
}
