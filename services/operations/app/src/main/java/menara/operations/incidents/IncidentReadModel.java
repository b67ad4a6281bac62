package menara.operations.incidents;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.operations.incidents.IncidentHistory.Outage;
import menara.operations.incidents.IncidentHistory.Recorded;
import menara.values.IncidentId;
import menara.values.Period;
import menara.values.RackId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * One document per incident, holding every version of its outage, and one per rack naming the incidents that ever touched it.
 * Each event sets its own fields, so applying it twice, or by two processors, changes nothing.
 */
@Projection(value = "incidents", by = "incident")
public class IncidentReadModel {

    /** Ids derived from an idempotency key do not follow time, so lists are ordered by this. */
    private static final String ORDER = "order";

    /** The revision before the first: opened and not over. */
    private static final long OPENED_REVISION = 0;

    private final ReadModel incidents;
    private final ReadModel byRack;

    IncidentReadModel(MongoDatabase database) {
        this.incidents = ReadModel.in(
                database, "incidents", ReadModel.index(ORDER), ReadModel.index(IncidentFilter.DOWN_UNTIL, ORDER));
        this.byRack = ReadModel.in(database, "incidents_by_rack");
    }

    /** A text that sorts like the instant, and like the id among those of one instant. */
    static String order(Instant openedAt, IncidentId incident) {
        return "%015d-%s".formatted(openedAt.toEpochMilli(), incident);
    }

    @EventHandler(eventName = "menara.operations.IncidentOpened")
    void on(IncidentOpened event) {
        apply(event);
    }

    @EventHandler(eventName = "menara.operations.IncidentResolved")
    void on(IncidentResolved event) {
        apply(event);
    }

    @EventHandler(eventName = "menara.operations.IncidentCorrected")
    void on(IncidentCorrected event) {
        apply(event);
    }

    /** When it returns, the next read sees the event. */
    void apply(IncidentEvent event) {
        switch (event) {
            case IncidentOpened opened -> {
                index(opened.incident(), opened.racks());
                update(
                        opened.incident(),
                        combine(
                                set("kind", opened.kind().name()),
                                set("title", opened.title()),
                                set("severity", opened.severity()),
                                set("racks", names(opened.racks())),
                                set("startedAt", opened.startedAt().toString()),
                                set("openedAt", opened.at().toString()),
                                set(ORDER, order(opened.at(), opened.incident()))));
                known(
                        opened.incident(),
                        OPENED_REVISION,
                        opened.startedAt().getEpochSecond(),
                        IncidentFilter.STILL_DOWN);
            }
            case IncidentResolved resolved ->
                record(
                        resolved.incident(),
                        Incident.FIRST_REVISION,
                        version(resolved.racks(), resolved.outage(), resolved.at()),
                        resolved.racks(),
                        resolved.outage());
            case IncidentCorrected corrected ->
                record(
                        corrected.incident(),
                        corrected.revision(),
                        version(corrected.racks(), corrected.outage(), corrected.at())
                                .append("reason", corrected.reason())
                                .append("by", corrected.by()),
                        corrected.racks(),
                        corrected.outage());
        }
    }

    private static Document version(List<RackId> racks, Period outage, Instant at) {
        return new Document("racks", names(racks))
                .append("from", outage.from().getEpochSecond())
                .append("until", outage.until().getEpochSecond())
                .append("at", at.toString());
    }

    private void record(IncidentId incident, long revision, Document version, List<RackId> racks, Period outage) {
        index(incident, racks);
        update(incident, set("outages." + revision, version));
        known(incident, revision, outage.from().getEpochSecond(), outage.until().getEpochSecond());
    }

    /** The filter of lists: the outage of the highest stored revision, in seconds. */
    private void known(IncidentId incident, long revision, long from, long until) {
        incidents.update(
                incident.toString(),
                or(exists(IncidentFilter.REVISION, false), lt(IncidentFilter.REVISION, revision)),
                combine(
                        set(IncidentFilter.REVISION, revision),
                        set(IncidentFilter.DOWN_FROM, from),
                        set(IncidentFilter.DOWN_UNTIL, until)));
    }

    private void index(IncidentId incident, List<RackId> racks) {
        byRack.upsertAll(names(racks), set("incidents." + incident, true));
    }

    private void update(IncidentId incident, Bson update) {
        incidents.upsert(incident.toString(), update);
    }

    public Optional<IncidentHistory> history(IncidentId incident) {
        return incidents.get(incident.toString()).map(IncidentReadModel::readHistory);
    }

    /** Every incident of which any version touches one of {@code racks}, in order of their ids. */
    public List<IncidentHistory> touching(Collection<RackId> racks) {
        return documentsTouching(racks).stream()
                .map(IncidentReadModel::readHistory)
                .toList();
    }

    /**
     * At most {@code limit} of the incidents of which any version touches one of {@code racks} and that are {@code seen}, the newest first,
     * after the one whose order is {@code after}. Reads no more than needed.
     */
    List<IncidentView> page(
            Collection<RackId> racks,
            Optional<String> after,
            int limit,
            Function<Stored, Optional<IncidentView>> seen) {
        var ids = touchingIds(racks);
        var found = new ArrayList<IncidentView>();
        try (var newest = incidents
                .find(and(in("_id", ids), after(after)))
                .sort(descending(ORDER))
                .map(Stored::read)
                .iterator()) {
            while (found.size() < limit && newest.hasNext()) {
                seen.apply(newest.next()).ifPresent(found::add);
            }
        }
        return found;
    }

    Optional<Stored> find(IncidentId incident) {
        return incidents.get(incident.toString()).map(Stored::read);
    }

    /** At most {@code limit} incidents that match the filter, the newest first, after the one whose order is {@code after}. */
    List<IncidentView> page(Optional<String> after, int limit, IncidentFilter filter) {
        return incidents
                .find(and(filter.bson(), after(after)))
                .sort(descending(ORDER))
                .limit(limit)
                .map(Stored::read)
                .map(IncidentView::of)
                .into(new ArrayList<>());
    }

    private static Bson after(Optional<String> after) {
        return after.map(order -> lt(ORDER, order)).orElseGet(Document::new);
    }

    private List<Document> documentsTouching(Collection<RackId> racks) {
        var ids = touchingIds(racks);
        if (ids.isEmpty()) {
            return List.of();
        }
        var found = incidents.find(in("_id", ids)).into(new ArrayList<>());
        found.sort(Comparator.comparing(incident -> incident.getString("_id")));
        return found;
    }

    private Set<String> touchingIds(Collection<RackId> racks) {
        Set<String> ids = new HashSet<>();
        byRack.find(in("_id", names(racks)))
                .forEach(
                        rack -> ids.addAll(rack.get("incidents", Document.class).keySet()));
        return ids;
    }

    /**
     * @param kind what does not work
     * @param title one line, internal
     * @param severity 1 (worst) to 4
     * @param history everything recorded
     */
    record Stored(IncidentKind kind, String title, int severity, IncidentHistory history) {

        private static Stored read(Document document) {
            return new Stored(
                    IncidentKind.valueOf(document.getString("kind")),
                    document.getString("title"),
                    document.getInteger("severity"),
                    readHistory(document));
        }
    }

    private static IncidentHistory readHistory(Document document) {
        var incident = new IncidentId(UUID.fromString(document.getString("_id")));
        var outages = document.get("outages", new Document());
        return new IncidentHistory(
                incident,
                Instant.parse(document.getString("openedAt")),
                racks(document),
                Instant.parse(document.getString("startedAt")),
                outages.keySet().stream()
                        .sorted(Comparator.comparing(Long::valueOf))
                        .map(revision -> readOutage(incident, outages.get(revision, Document.class)))
                        .toList());
    }

    private static Recorded readOutage(IncidentId incident, Document version) {
        var period = Period.between(
                Instant.ofEpochSecond(version.getLong("from")), Instant.ofEpochSecond(version.getLong("until")));
        return new Recorded(
                new Outage(incident, racks(version), period),
                Instant.parse(version.getString("at")),
                version.getString("reason"),
                version.getString("by"));
    }

    private static List<RackId> racks(Document document) {
        return document.getList("racks", String.class).stream().map(RackId::new).toList();
    }

    private static List<String> names(Collection<RackId> racks) {
        return racks.stream().map(RackId::value).toList();
    }
}
