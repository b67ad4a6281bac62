package menara.capacity.reservation;

import java.util.List;
import menara.capacity.commitments.Demand;
import menara.capacity.documents.Fields;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import org.bson.Document;

/** A demand in a document, complete, so that a query returns what the command answered. */
final class DemandDocument {

    private DemandDocument() {}

    static Document of(Demand demand) {
        var hall = demand.hall();
        var phase = demand.phase();
        var power = demand.power();
        return new Document("count", demand.count())
                .append("hall", hall == null ? null : hall.value())
                .append("names", demand.names().stream().map(RackId::value).toList())
                .append("phase", phase == null ? null : phase.value())
                .append("contiguous", demand.contiguous())
                .append("spread", demand.spread())
                .append("level", demand.level())
                .append("gpus", demand.gpus())
                .append("watts", power == null ? null : power.watts());
    }

    static Demand read(Document document) {
        var hall = document.getString("hall");
        var phase = document.getString("phase");
        var watts = document.getLong("watts");
        List<RackId> names = Fields.racks(document, "names");
        return new Demand(
                document.getInteger("count"),
                hall == null ? null : new NodeId(hall),
                names,
                phase == null ? null : new PhaseId(phase),
                document.getBoolean("contiguous"),
                document.getBoolean("spread"),
                document.getInteger("level"),
                document.getInteger("gpus"),
                watts == null ? null : Power.watts(watts));
    }
}
