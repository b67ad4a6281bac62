package menara.operations.racks;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static menara.eventstore.spring.read.ReadModel.index;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import menara.capacity.contract.RackRegistered;
import menara.eventstore.spring.read.ReadModel;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.RackId;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** One document per rack. Two logs write it, each its own fields, so their order does not matter. */
@Component
class RackDocuments implements RackRegister {

    private final ReadModel racks;

    RackDocuments(MongoDatabase database) {
        this.racks = ReadModel.in(database, "racks", index("hall", "_id"));
    }

    void registered(RackRegistered event) {
        racks.upsert(
                event.rack().value(),
                combine(
                        set("hall", event.hall().value()),
                        set("phase", event.phase().value()),
                        set("gpus", event.gpus())));
    }

    void poweredUp(RackPoweredUp event) {
        racks.upsert(
                event.rack().value(),
                combine(
                        set("hall", event.hall().value()),
                        set("phase", event.phase().value()),
                        set("gpus", event.gpus()),
                        set("energisedAt", event.energisedAt().toString())));
    }

    Optional<Rack> find(RackId rack) {
        return racks.get(rack.value()).map(RackDocuments::read);
    }

    /** All racks of a hall in order of name: a scan of at most the site's few thousand racks. */
    List<Rack> inHall(NodeId hall) {
        return racks.find(eq("hall", hall.value()))
                .sort(ascending("_id"))
                .map(RackDocuments::read)
                .into(new ArrayList<>());
    }

    /** At most {@code limit} racks in order of name, from the one after {@code after}. */
    List<Rack> page(Optional<String> after, int limit) {
        return racks.find(after.map(id -> gt("_id", id)).orElseGet(Document::new))
                .sort(ascending("_id"))
                .limit(limit)
                .map(RackDocuments::read)
                .into(new ArrayList<>());
    }

    @Override
    public List<RackId> unknown(List<RackId> asked) {
        var names = asked.stream().map(RackId::value).toList();
        Set<String> known = new HashSet<>();
        racks.find(in("_id", names))
                .projection(include("_id"))
                .map(rack -> rack.getString("_id"))
                .into(known);
        return asked.stream().filter(rack -> !known.contains(rack.value())).toList();
    }

    private static Rack read(Document document) {
        var energisedAt = document.getString("energisedAt");
        return new Rack(
                new RackId(document.getString("_id")),
                new NodeId(document.getString("hall")),
                new PhaseId(document.getString("phase")),
                document.getInteger("gpus"),
                energisedAt == null ? null : Instant.parse(energisedAt));
    }
}
