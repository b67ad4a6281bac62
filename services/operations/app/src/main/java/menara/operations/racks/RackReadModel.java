package menara.operations.racks;

import static com.mongodb.client.model.Filters.eq;
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
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.platform.documents.Paging;
import menara.platform.web.Page;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.RackId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** One document per rack. Two logs fill it, each its own fields, so that their order does not matter. */
@Component
class RackReadModel implements RackRegister {

    private final ReadModel racks;

    RackReadModel(MongoDatabase database) {
        this.racks = ReadModel.in(database, "racks", index("hall", "_id"));
    }

    /** Capacity registers racks. */
    @Projection(value = "registered-racks", of = "capacity", by = "rack")
    static class Registered {

        private final RackReadModel racks;

        Registered(RackReadModel racks) {
            this.racks = racks;
        }

        @EventHandler(eventName = "menara.capacity.RackRegistered")
        void on(RackRegistered event) {
            racks.apply(event);
        }
    }

    /** This service energises them. */
    @Projection(value = "energised-racks", by = "rack")
    static class Energised {

        private final RackReadModel racks;

        Energised(RackReadModel racks) {
            this.racks = racks;
        }

        @EventHandler(eventName = "menara.operations.RackEnergised")
        void on(RackEnergised event) {
            racks.apply(event);
        }
    }

    private void apply(RackRegistered event) {
        racks.upsert(
                event.rack().value(),
                combine(
                        set("hall", event.hall().value()),
                        set("phase", event.phase().value()),
                        set("gpus", event.gpus())));
    }

    private void apply(RackEnergised event) {
        racks.upsert(
                event.rack().value(),
                combine(
                        set("hall", event.hall().value()),
                        set("phase", event.phase().value()),
                        set("gpus", event.gpus()),
                        set("energisedAt", event.energisedAt().toString())));
    }

    Optional<Rack> find(RackId rack) {
        return racks.get(rack.value()).map(RackReadModel::read);
    }

    /** All racks of a hall in order of name: a scan of at most the site's few thousand racks. */
    List<Rack> inHall(NodeId hall) {
        return racks.find(eq("hall", hall.value()))
                .sort(ascending("_id"))
                .map(RackReadModel::read)
                .into(new ArrayList<>());
    }

    /** Racks in order of name. */
    Page<Rack> page(Paging paging) {
        return paging.pageById(racks, new Document(), RackReadModel::read);
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
