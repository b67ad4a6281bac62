package menara.capacity.envelope;

import static menara.capacity.documents.Fields.date;
import static menara.capacity.documents.Fields.instant;
import static menara.capacity.documents.Fields.power;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import menara.capacity.envelope.PhaseView.Commissioning;
import menara.capacity.layout.HallRegistered;
import menara.capacity.layout.PhaseClassified;
import menara.capacity.layout.PhasePlanned;
import menara.capacity.layout.PhasePostponed;
import menara.capacity.layout.PowerCommissioned;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.platform.documents.Paging;
import menara.platform.web.Page;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Phases and halls as they are shown. */
@Projection(value = "capacity-envelope", by = "phase")
class EnvelopeReadModel {

    private final ReadModel phases;
    private final ReadModel halls;

    EnvelopeReadModel(MongoDatabase database) {
        this.phases = ReadModel.in(database, "envelope_phases");
        this.halls = ReadModel.in(database, "envelope_halls");
    }

    @EventHandler(eventName = "menara.capacity.PhasePlanned")
    void on(PhasePlanned event) {
        phases.upsert(
                event.phase().value(),
                Updates.combine(
                        Updates.set("name", event.name()),
                        Updates.set("watts", event.planned().watts()),
                        Updates.set("plannedFrom", event.plannedFrom().toString()),
                        Updates.set("recordedAt", date(event.at()))));
    }

    @EventHandler(eventName = "menara.capacity.PowerCommissioned")
    void on(PowerCommissioned event) {
        var release = new Document("watts", event.released().watts())
                .append("total", event.available().watts())
                .append("effectiveAt", date(event.effectiveAt()))
                .append("recordedAt", date(event.at()));
        phases.upsert(event.phase().value(), Updates.set("releases." + event.release(), release));
    }

    @EventHandler(eventName = "menara.capacity.HallRegistered")
    void on(HallRegistered event) {
        halls.upsert(
                event.hall().value(),
                Updates.combine(
                        Updates.set("phase", event.phase().value()),
                        Updates.set("watts", event.limit().watts()),
                        Updates.set("recordedAt", date(event.at()))));
    }

    @EventHandler(eventName = "menara.capacity.PhaseClassified")
    void on(PhaseClassified event) {
        phases.upsert(event.phase().value(), Updates.set("level", event.level()));
    }

    @EventHandler(eventName = "menara.capacity.PhasePostponed")
    void on(PhasePostponed event) {
        var changes = new ArrayList<Bson>();
        changes.add(Updates.set("plannedFrom", event.plannedFrom().toString()));
        event.moved()
                .forEach(move -> changes.add(Updates.set(
                        "releases." + move.release() + ".effectiveAt",
                        date(move.missing().until()))));
        phases.update(event.phase().value(), Updates.combine(changes));
    }

    Optional<PhaseView> phase(PhaseId phase) {
        return phases.get(phase.value()).map(EnvelopeReadModel::phaseView);
    }

    Page<PhaseView> phases(Paging paging) {
        return paging.pageById(phases, Filters.empty(), EnvelopeReadModel::phaseView);
    }

    Optional<HallView> hall(NodeId hall) {
        return halls.get(hall.value()).map(EnvelopeReadModel::hallView);
    }

    Page<HallView> halls(Paging paging) {
        return paging.pageById(halls, Filters.empty(), EnvelopeReadModel::hallView);
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
                releases,
                document.getInteger("level", 0));
    }

    private static HallView hallView(Document document) {
        return new HallView(
                new NodeId(document.getString("_id")),
                new PhaseId(document.getString("phase")),
                power(document, "watts"),
                instant(document, "recordedAt"));
    }
}
