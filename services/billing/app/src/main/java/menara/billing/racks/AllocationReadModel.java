package menara.billing.racks;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.values.ContractId;
import menara.values.Period;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The racks handed over, one document for each contract. */
@Projection(value = "allocations", by = "reservation")
public class AllocationReadModel {

    private final ReadModel allocations;

    AllocationReadModel(MongoDatabase database) {
        this.allocations = ReadModel.in(database, "allocations");
    }

    @EventHandler(eventName = "menara.billing.RackMeteringStarted")
    void on(RackMeteringStarted event) {
        var started = new Document("racks", event.racks())
                .append("from", event.period().from().toString())
                .append("until", event.period().until().toString())
                .append("recordedAt", event.at().toString());
        put(event.contract(), event.reservation() + ".started", started);
    }

    @EventHandler(eventName = "menara.billing.RackMeteringStopped")
    void on(RackMeteringStopped event) {
        var stopped = new Document("endedAt", event.endedAt().toString())
                .append("recordedAt", event.at().toString());
        put(event.contract(), event.reservation() + ".stops." + event.endedAt().toEpochMilli(), stopped);
    }

    private void put(ContractId contract, String path, Document value) {
        allocations.upsert(contract.toString(), set("reservations." + path, value));
    }

    /** Every contract for which racks were ever handed over, signed or not. */
    public List<ContractId> contracts() {
        return allocations
                .find()
                .projection(new Document("_id", 1))
                .map(document -> new ContractId(UUID.fromString(document.getString("_id"))))
                .into(new ArrayList<>());
    }

    /** The rack time of a contract as of {@code asOf}, with its whole planned period. */
    public List<RackTime> of(ContractId contract, Instant asOf) {
        @Nullable
        Document document = allocations.find(eq("_id", contract.toString())).first();
        if (document == null) {
            return List.of();
        }
        var reservations = document.get("reservations", Document.class);
        return reservations.keySet().stream()
                .flatMap(reservation -> rackTime(reservations.get(reservation, Document.class), asOf).stream())
                .toList();
    }

    private static Optional<RackTime> rackTime(Document reservation, Instant asOf) {
        var started = reservation.get("started", Document.class);
        if (instant(started, "recordedAt").isAfter(asOf)) {
            return Optional.empty();
        }
        var from = instant(started, "from");
        var until = instant(started, "until");
        for (var stop : reservation.get("stops", new Document()).values()) {
            if (stop instanceof Document stopped
                    && !instant(stopped, "recordedAt").isAfter(asOf)) {
                var endedAt = instant(stopped, "endedAt");
                until = endedAt.isBefore(until) ? endedAt : until;
            }
        }
        return from.isBefore(until)
                ? Optional.of(new RackTime(started.getInteger("racks"), new Period(from, until)))
                : Optional.empty();
    }

    private static Instant instant(Document document, String name) {
        return Instant.parse(document.getString(name));
    }
}
