package menara.billing.leakage;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import menara.capacity.contract.ReservationActivated;
import menara.capacity.contract.ReservationConfirmed;
import menara.capacity.contract.ReservationReplaced;
import menara.capacity.contract.ReservationWithdrawn;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.ReservationId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Reservations that capacity confirmed, one document each, with all that happened to them. */
@Projection(value = "reservations", of = "capacity", by = "reservation")
class ReservationReadModel {

    private final ReadModel reservations;

    ReservationReadModel(MongoDatabase database) {
        this.reservations = ReadModel.in(database, "reservations");
    }

    /**
     * Racks that are reserved for a tenant and not handed over yet.
     *
     * @param racks how many
     * @param waiting from the begin of the reserved period until the racks were handed over, released or lapsed, or until now
     * @param over whether that has come to an end
     */
    record Waiting(ReservationId reservation, ContractId contract, int racks, Period waiting, boolean over) {}

    @EventHandler(eventName = "menara.capacity.ReservationConfirmed")
    void on(ReservationConfirmed event) {
        confirmed(event.reservation(), event.contract(), event.racks().size(), event.period(), event.at());
    }

    @EventHandler(eventName = "menara.capacity.ReservationReplaced")
    void on(ReservationReplaced event) {
        confirmed(event.reservation(), event.contract(), event.racks().size(), event.period(), event.at());
    }

    private void confirmed(ReservationId reservation, ContractId contract, int racks, Period period, Instant at) {
        put(
                reservation,
                set("contract", contract.toString()),
                set(
                        "confirmed." + "%019d".formatted(at.toEpochMilli()),
                        new Document("racks", racks)
                                .append("from", period.from().toString())
                                .append("until", period.until().toString())));
    }

    @EventHandler(eventName = "menara.capacity.ReservationWithdrawn")
    void on(ReservationWithdrawn event) {
        put(event.reservation(), set("withdrawnAt", event.at().toString()));
    }

    @EventHandler(eventName = "menara.capacity.ReservationActivated")
    void on(ReservationActivated event) {
        put(
                event.reservation(),
                set("handedOverAt", event.handedOverAt().toString()),
                set("handedOverRecordedAt", event.at().toString()));
    }

    private void put(ReservationId reservation, Bson... changes) {
        reservations.upsert(reservation.toString(), combine(changes));
    }

    /** Every time in which racks waited to be handed over, as of {@code asOf}. A scan: reservations are thousands at most. */
    List<Waiting> waiting(Instant asOf) {
        var waiting = new ArrayList<Waiting>();
        reservations.find().forEach(document -> waiting(document, asOf).ifPresent(waiting::add));
        return waiting;
    }

    private static Optional<Waiting> waiting(Document document, Instant asOf) {
        var versions = document.get("confirmed", new Document());
        return versions.keySet().stream()
                .filter(at -> Long.parseLong(at) <= asOf.toEpochMilli())
                .max(String::compareTo)
                .map(at -> versions.get(at, Document.class))
                .flatMap(confirmed -> waiting(document, confirmed, asOf));
    }

    private static Optional<Waiting> waiting(Document document, Document confirmed, Instant asOf) {
        var from = Instant.parse(confirmed.getString("from"));
        var until = Instant.parse(confirmed.getString("until"));
        var handedOver = recorded(document, "handedOverAt", "handedOverRecordedAt", asOf);
        var withdrawn = recorded(document, "withdrawnAt", "withdrawnAt", asOf);
        var end = earliest(earliest(until, handedOver), withdrawn);
        boolean over = !end.isAfter(asOf);
        if (!over) {
            end = asOf;
        }
        return from.isBefore(end)
                ? Optional.of(new Waiting(
                        new ReservationId(UUID.fromString(document.getString("_id"))),
                        new ContractId(UUID.fromString(document.getString("contract"))),
                        confirmed.getInteger("racks"),
                        new Period(from, end),
                        over))
                : Optional.empty();
    }

    private static @Nullable Instant recorded(Document document, String name, String recordedAt, Instant asOf) {
        var text = document.getString(name);
        return text == null || Instant.parse(document.getString(recordedAt)).isAfter(asOf) ? null : Instant.parse(text);
    }

    private static Instant earliest(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }
}
