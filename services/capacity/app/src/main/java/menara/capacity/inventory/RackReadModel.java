package menara.capacity.inventory;

import static menara.eventstore.spring.read.ReadModel.index;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.util.Optional;
import menara.capacity.documents.Fields;
import menara.capacity.layout.RackRegistered;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.platform.documents.Paging;
import menara.platform.web.Page;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.RackId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;

/** One document per rack. */
@Projection(value = "capacity-racks", by = "rack")
class RackReadModel {

    private final ReadModel racks;

    RackReadModel(MongoDatabase database) {
        this.racks = ReadModel.in(database, "racks", index("hall", "_id"));
    }

    @EventHandler(eventName = "menara.capacity.RackRegistered")
    void on(RackRegistered event) {
        racks.put(
                event.rack().value(),
                new Document("hall", event.hall().value())
                        .append("phase", event.phase().value())
                        .append("gpus", event.gpus())
                        .append("model", event.model())
                        .append("watts", event.plannedPower().watts())
                        .append("registeredAt", Fields.date(event.at())));
    }

    Page<RackView> page(Paging paging, Optional<NodeId> hall) {
        return paging.pageById(
                racks, hall.map(id -> Filters.eq("hall", id.value())).orElseGet(Filters::empty), RackReadModel::view);
    }

    private static RackView view(Document document) {
        return new RackView(
                new RackId(document.getString("_id")),
                new NodeId(document.getString("hall")),
                new PhaseId(document.getString("phase")),
                document.getInteger("gpus", 0),
                document.getString("model"),
                Fields.power(document, "watts"),
                Fields.instant(document, "registeredAt"));
    }
}
