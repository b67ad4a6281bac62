package menara.capacity.reservation;

import static menara.capacity.documents.Fields.date;
import static menara.capacity.documents.Fields.instant;
import static menara.capacity.documents.Fields.maybeInstant;
import static menara.capacity.documents.Fields.names;
import static menara.eventstore.spring.read.ReadModel.index;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import menara.capacity.commitments.HoldConfirmed;
import menara.capacity.commitments.HoldExpired;
import menara.capacity.commitments.ReservationActivated;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.commitments.ReservationHeld;
import menara.capacity.commitments.ReservationRejected;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.commitments.ReservationRequested;
import menara.capacity.commitments.ReservationWaitlisted;
import menara.capacity.commitments.ReservationWithdrawn;
import menara.capacity.commitments.Share;
import menara.capacity.documents.Fields;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.platform.documents.Paging;
import menara.platform.web.Page;
import menara.values.ContractId;
import menara.values.Power;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * One document per reservation. A step already applied is not applied again, so a replay changes nothing. The 3 in the names is the version
 * of the document: a new version is projected again from the log.
 */
@Projection(value = "capacity-reservations-3", by = "reservation")
class ReservationReadModel {

    private static final Bson NOTHING_PLACED = Updates.combine(
            Updates.set("racks", List.of()),
            Updates.set("gpus", 0),
            Updates.set("watts", 0L),
            Updates.unset("expiresAt"),
            Updates.unset("confirmedAt"));

    private final ReadModel reservations;

    ReservationReadModel(MongoDatabase database) {
        this.reservations = ReadModel.in(
                database, "reservations_3", index("tenant", "_id"), index("contract", "_id"), index("state", "_id"));
    }

    @EventHandler(eventName = "menara.capacity.ReservationRequested")
    void on(ReservationRequested event) {
        var document = new Document("contract", event.contract().value().toString())
                .append("tenant", event.tenant().value())
                .append("state", ReservationState.REQUESTED.shown())
                .append("rank", ReservationState.REQUESTED.rank())
                .append("steps", 1)
                .append("changes", 0)
                .append("from", date(event.period().from()))
                .append("until", date(event.period().until()))
                .append("demand", DemandDocument.of(event.demand()))
                .append("requestedAt", date(event.at()));
        reservations.upsert(event.reservation().toString(), new Document("$setOnInsert", document));
    }

    @EventHandler(eventName = "menara.capacity.ReservationWaitlisted")
    void on(ReservationWaitlisted event) {
        step(event.reservation(), ReservationState.WAITLISTED);
    }

    @EventHandler(eventName = "menara.capacity.ReservationHeld")
    void on(ReservationHeld event) {
        step(
                event.reservation(),
                ReservationState.HELD,
                placed(event.shares(), event.gpus(), event.power()),
                Updates.set("expiresAt", date(event.expiresAt())));
    }

    @EventHandler(eventName = "menara.capacity.HoldConfirmed")
    void on(HoldConfirmed event) {
        step(
                event.reservation(),
                ReservationState.CONFIRMED,
                Updates.unset("expiresAt"),
                Updates.set("confirmedAt", date(event.at())));
    }

    @EventHandler(eventName = "menara.capacity.HoldExpired")
    void on(HoldExpired event) {
        step(event.reservation(), ReservationState.EXPIRED, NOTHING_PLACED);
    }

    @EventHandler(eventName = "menara.capacity.ReservationWithdrawn")
    void on(ReservationWithdrawn event) {
        step(event.reservation(), ReservationState.RELEASED, NOTHING_PLACED);
    }

    @EventHandler(eventName = "menara.capacity.ReservationReplaced")
    void on(ReservationReplaced event) {
        reservations.update(
                event.reservation().toString(),
                Filters.and(Filters.lt("rank", ReservationState.ACTIVE.rank()), Filters.lt("changes", event.number())),
                Updates.combine(
                        placed(event.shares(), event.gpus(), event.power()),
                        Updates.set("demand", DemandDocument.of(event.demand())),
                        Updates.set("from", date(event.period().from())),
                        Updates.set("until", date(event.period().until())),
                        Updates.set("changes", event.number()),
                        Updates.inc("steps", 1)));
    }

    @EventHandler(eventName = "menara.capacity.ReservationConfirmed")
    void on(ReservationConfirmed event) {
        step(
                event.reservation(),
                ReservationState.CONFIRMED,
                placed(event.shares(), event.gpus(), event.power()),
                Updates.set("confirmedAt", date(event.at())));
    }

    private static Bson placed(List<Share> shares, int gpus, Power power) {
        return Updates.combine(
                Updates.set(
                        "racks",
                        shares.stream()
                                .flatMap(share -> names(share.racks()).stream())
                                .toList()),
                Updates.set("gpus", gpus),
                Updates.set("watts", power.watts()));
    }

    @EventHandler(eventName = "menara.capacity.ReservationRejected")
    void on(ReservationRejected event) {
        step(
                event.reservation(),
                ReservationState.REJECTED,
                Updates.set("rule", event.rule()),
                Updates.set("reason", event.reason()),
                Updates.set("rejectedAt", date(event.at())));
    }

    @EventHandler(eventName = "menara.capacity.ReservationActivated")
    void on(ReservationActivated event) {
        step(event.reservation(), ReservationState.ACTIVE, Updates.set("activatedAt", date(event.handedOverAt())));
    }

    @EventHandler(eventName = "menara.capacity.ReservationEnded")
    void on(ReservationEnded event) {
        step(event.reservation(), ReservationState.ENDED, Updates.set("endedAt", date(event.endedAt())));
        // Ended ahead of time, and then earlier still.
        reservations.update(
                event.reservation().toString(),
                Filters.and(
                        Filters.eq("state", ReservationState.ENDED.shown()),
                        Filters.gt("endedAt", date(event.endedAt()))),
                Updates.combine(Updates.set("endedAt", date(event.endedAt())), Updates.inc("steps", 1)));
    }

    private void step(ReservationId reservation, ReservationState state, Bson... changes) {
        var all = new ArrayList<>(List.of(changes));
        all.add(Updates.set("state", state.shown()));
        all.add(Updates.set("rank", state.rank()));
        all.add(Updates.inc("steps", 1));
        reservations.update(reservation.toString(), Filters.lt("rank", state.rank()), Updates.combine(all));
    }

    Optional<ReservationView> find(ReservationId reservation) {
        return reservations.get(reservation.toString()).map(ReservationReadModel::view);
    }

    /** The filter of a list; an empty field filters nothing. A reservation matches if its period overlaps the one asked for. */
    record Filter(
            Optional<TenantId> tenant,
            Optional<ContractId> contract,
            Optional<ReservationState> state,
            Optional<Instant> from,
            Optional<Instant> until) {

        private Bson bson() {
            var filters = new ArrayList<Bson>();
            tenant.ifPresent(id -> filters.add(Filters.eq("tenant", id.value())));
            contract.ifPresent(id -> filters.add(Filters.eq("contract", id.toString())));
            state.ifPresent(shown -> filters.add(Filters.eq("state", shown.shown())));
            from.ifPresent(begin -> filters.add(Filters.gt("until", date(begin))));
            until.ifPresent(end -> filters.add(Filters.lt("from", date(end))));
            return filters.isEmpty() ? Filters.empty() : Filters.and(filters);
        }
    }

    Page<ReservationView> page(Paging paging, Filter filter) {
        return paging.pageById(reservations, filter.bson(), ReservationReadModel::view);
    }

    private static ReservationView view(Document document) {
        return new ReservationView(
                new ReservationId(UUID.fromString(document.getString("_id"))),
                new ContractId(UUID.fromString(document.getString("contract"))),
                new TenantId(document.getString("tenant")),
                ReservationState.of(document.getString("state")).orElseThrow(),
                document.getInteger("steps", 0),
                Fields.period(document),
                DemandDocument.read(document.get("demand", Document.class)),
                Fields.racks(document, "racks"),
                document.getInteger("gpus", 0),
                document.containsKey("watts") ? Fields.power(document, "watts") : Power.ZERO,
                document.getString("rule"),
                document.getString("reason"),
                instant(document, "requestedAt"),
                maybeInstant(document, "confirmedAt").orElse(null),
                maybeInstant(document, "rejectedAt").orElse(null),
                maybeInstant(document, "activatedAt").orElse(null),
                maybeInstant(document, "endedAt").orElse(null),
                maybeInstant(document, "expiresAt").orElse(null));
    }
}
