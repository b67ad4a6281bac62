package menara.capacity.envelope;

import static com.mongodb.client.model.Filters.eq;
import static menara.capacity.documents.Fields.date;
import static menara.capacity.documents.Fields.instant;
import static menara.capacity.documents.Fields.power;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import menara.capacity.documents.Fields;
import menara.capacity.documents.Paging;
import menara.capacity.envelope.PhaseView.Commissioning;
import menara.capacity.events.HallRegistered;
import menara.capacity.events.PhasePlanned;
import menara.capacity.events.PowerReleased;
import menara.capacity.events.RacksReturned;
import menara.capacity.events.ReservationSealed;
import menara.platform.eventsourcing.Projection;
import menara.platform.web.Page;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;

/**
 * Phases, halls and promises, each with the instant it was recorded, so that the envelope of any instant can be told as it was
 * known at any other.
 */
@Projection("capacity-envelope")
class EnvelopeDocuments {

    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

    private final MongoCollection<Document> phases;
    private final MongoCollection<Document> halls;
    private final MongoCollection<Document> promises;

    EnvelopeDocuments(MongoDatabase database) {
        this.phases = database.getCollection("envelope_phases");
        this.halls = database.getCollection("envelope_halls");
        this.promises = database.getCollection("envelope_promises");
    }

    @EventHandler(eventName = "menara.capacity.PhasePlanned")
    void on(PhasePlanned event) {
        phases.updateOne(
                eq("_id", event.phase().value()),
                Updates.combine(
                        Updates.set("name", event.name()),
                        Updates.set("watts", event.planned().watts()),
                        Updates.set("plannedFrom", event.plannedFrom().toString()),
                        Updates.set("recordedAt", date(event.at()))),
                UPSERT);
    }

    @EventHandler(eventName = "menara.capacity.PowerReleased")
    void on(PowerReleased event) {
        var release = new Document("watts", event.released().watts())
                .append("total", event.available().watts())
                .append("effectiveAt", date(event.effectiveAt()))
                .append("recordedAt", date(event.at()));
        phases.updateOne(eq("_id", event.phase().value()), Updates.set("releases." + event.release(), release), UPSERT);
    }

    @EventHandler(eventName = "menara.capacity.HallRegistered")
    void on(HallRegistered event) {
        halls.updateOne(
                eq("_id", event.hall().value()),
                Updates.combine(
                        Updates.set("phase", event.phase().value()),
                        Updates.set("watts", event.limit().watts()),
                        Updates.set("recordedAt", date(event.at()))),
                UPSERT);
    }

    @EventHandler(eventName = "menara.capacity.ReservationSealed")
    void on(ReservationSealed event) {
        promises.updateOne(
                eq("_id", event.reservation().toString()),
                Updates.combine(
                        Updates.set("from", date(event.period().from())),
                        Updates.set("until", date(event.period().until())),
                        Updates.set("shares", Fields.shares(event.shares())),
                        Updates.set("recordedAt", date(event.at()))),
                UPSERT);
    }

    @EventHandler(eventName = "menara.capacity.RacksReturned")
    void on(RacksReturned event) {
        promises.updateOne(
                eq("_id", event.reservation().toString()),
                Updates.combine(
                        Updates.set("endedAt", date(event.endedAt())), Updates.set("endRecordedAt", date(event.at()))),
                UPSERT);
    }

    Optional<PhaseView> phase(PhaseId phase) {
        return Optional.ofNullable(phases.find(eq("_id", phase.value())).first())
                .map(EnvelopeDocuments::phaseView);
    }

    Page<PhaseView> phases(Paging paging) {
        return paging.page(phases, Filters.empty(), EnvelopeDocuments::phaseView);
    }

    Optional<HallView> hall(NodeId hall) {
        return Optional.ofNullable(halls.find(eq("_id", hall.value())).first()).map(EnvelopeDocuments::hallView);
    }

    Page<HallView> halls(Paging paging) {
        return paging.page(halls, Filters.empty(), EnvelopeDocuments::hallView);
    }

    /** All phases, with what was released as known at {@code asOf}; by name. */
    List<PhaseView> allPhases(Instant asOf) {
        return phases.find().into(new ArrayList<>()).stream()
                .filter(document -> !instant(document, "recordedAt").isAfter(asOf))
                .map(EnvelopeDocuments::phaseView)
                .sorted(Comparator.comparing(phase -> phase.phase().value()))
                .toList();
    }

    /** All halls known at {@code asOf}, by name. */
    List<HallView> allHalls(Instant asOf) {
        return halls.find().into(new ArrayList<>()).stream()
                .map(EnvelopeDocuments::hallView)
                .filter(hall -> !hall.registeredAt().isAfter(asOf))
                .sorted(Comparator.comparing(hall -> hall.hall().value()))
                .toList();
    }

    /** What is promised at {@code at}, as known at {@code asOf}. */
    List<Promise> promises(Instant at, Instant asOf) {
        return promises
                .find(Filters.and(Filters.lte("from", date(at)), Filters.gt("until", date(at))))
                .into(new ArrayList<>())
                .stream()
                .filter(document -> !instant(document, "recordedAt").isAfter(asOf))
                .filter(document -> !endedBy(document, at, asOf))
                .flatMap(document -> Fields.shares(document).stream())
                .map(share -> new Promise(share.hall(), share.phase(), share.power()))
                .toList();
    }

    /** Power promised in a hall. */
    record Promise(NodeId hall, PhaseId phase, Power power) {}

    private static boolean endedBy(Document promise, Instant at, Instant asOf) {
        return promise.containsKey("endedAt")
                && !instant(promise, "endRecordedAt").isAfter(asOf)
                && !instant(promise, "endedAt").isAfter(at);
    }

    private static PhaseView phaseView(Document document) {
        var releases = document.get("releases", new Document()).values().stream()
                .map(Document.class::cast)
                .sorted(Comparator.comparing(release -> power(release, "total")))
                .map(release -> new Commissioning(
                        power(release, "watts"), instant(release, "effectiveAt"), instant(release, "recordedAt")))
                .toList();
        return new PhaseView(
                new PhaseId(document.getString("_id")),
                document.getString("name"),
                power(document, "watts"),
                LocalDate.parse(document.getString("plannedFrom")),
                releases.stream().map(Commissioning::power).reduce(Power.ZERO, Power::plus),
                releases);
    }

    private static HallView hallView(Document document) {
        return new HallView(
                new NodeId(document.getString("_id")),
                new PhaseId(document.getString("phase")),
                power(document, "watts"),
                instant(document, "recordedAt"));
    }
}
