package menara.capacity.risk;

import static menara.capacity.documents.Fields.date;
import static menara.capacity.documents.Fields.instant;
import static menara.capacity.documents.Fields.power;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.UUID;
import menara.capacity.campus.Timeline;
import menara.capacity.deratings.DeratingCause;
import menara.capacity.deratings.PowerDerated;
import menara.capacity.deratings.PowerRestored;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.platform.documents.Paging;
import menara.platform.web.Page;
import menara.values.NodeId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;

/** One document per derating, kept for ever; the decision state drops those that are long over. */
@Projection(value = "capacity-deratings", by = "derating")
class DeratingReadModel {

    private final ReadModel deratings;

    DeratingReadModel(MongoDatabase database) {
        this.deratings = ReadModel.in(database, "deratings");
    }

    @EventHandler(eventName = "menara.capacity.PowerDerated")
    void on(PowerDerated event) {
        deratings.put(
                event.derating().toString(),
                new Document("node", event.node().value())
                        .append("cause", event.cause().name())
                        .append("watts", event.lost().watts())
                        .append("from", date(event.period().from()))
                        .append("until", date(event.period().until()))
                        .append("reason", event.reason()));
    }

    @EventHandler(eventName = "menara.capacity.PowerRestored")
    void on(PowerRestored event) {
        deratings.update(
                event.derating().toString(),
                Updates.set("until", date(event.period().from())));
    }

    Page<ListedDerating> page(Paging paging, Instant now) {
        return paging.pageById(deratings, Filters.empty(), document -> view(document, now));
    }

    private static ListedDerating view(Document document, Instant now) {
        var from = instant(document, "from");
        var until = instant(document, "until");
        return new ListedDerating(
                UUID.fromString(document.getString("_id")),
                new NodeId(document.getString("node")),
                DeratingCause.valueOf(document.getString("cause")),
                power(document, "watts"),
                from,
                Timeline.known(until),
                document.getString("reason"),
                !now.isBefore(from) && now.isBefore(until));
    }
}
