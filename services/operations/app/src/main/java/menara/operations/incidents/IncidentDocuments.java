package menara.operations.incidents;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import menara.operations.incidents.IncidentHistory.Outage;
import menara.operations.incidents.IncidentHistory.Recorded;
import menara.values.IncidentId;
import menara.values.Period;
import menara.values.RackId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/**
 * One document per incident, holding every version of its outage, and one per rack naming the incidents that ever touched it.
 * Each event sets its own fields, so applying it twice, or by two processors, changes nothing.
 */
@Component
public class IncidentDocuments {

    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

    /** Ids made under an idempotency key do not follow time, so lists are ordered by this. */
    private static final String ORDER = "order";

    private final MongoCollection<Document> incidents;
    private final MongoCollection<Document> byRack;

    IncidentDocuments(MongoDatabase database) {
        this.incidents = database.getCollection("incidents");
        this.byRack = database.getCollection("incidents_by_rack");
    }

    /** A text that sorts like the instant, and like the id among those of one instant. */
    static String order(Instant openedAt, IncidentId incident) {
        return "%015d-%s".formatted(openedAt.toEpochMilli(), incident);
    }

    /** When it returns, whoever reads next sees the event. */
    public void apply(IncidentEvent event) {
        switch (event) {
            case IncidentReported reported -> {
                index(reported.incident(), reported.racks());
                update(
                        reported.incident(),
                        combine(
                                set("title", reported.title()),
                                set("severity", reported.severity()),
                                set("racks", names(reported.racks())),
                                set("startedAt", reported.startedAt().toString()),
                                set("openedAt", reported.at().toString()),
                                set(ORDER, order(reported.at(), reported.incident()))));
            }
            case OutageEnded ended ->
                record(
                        ended.incident(),
                        Incident.FIRST_REVISION,
                        version(ended.racks(), ended.outage(), ended.at()),
                        ended.racks());
            case OutageCorrected corrected ->
                record(
                        corrected.incident(),
                        corrected.revision(),
                        version(corrected.racks(), corrected.outage(), corrected.at())
                                .append("reason", corrected.reason())
                                .append("by", corrected.by()),
                        corrected.racks());
        }
    }

    private static Document version(List<RackId> racks, Period outage, Instant at) {
        return new Document("racks", names(racks))
                .append("from", outage.from().getEpochSecond())
                .append("until", outage.until().getEpochSecond())
                .append("at", at.toString());
    }

    private void record(IncidentId incident, long revision, Document version, List<RackId> racks) {
        index(incident, racks);
        update(incident, set("outages." + revision, version));
    }

    private void index(IncidentId incident, List<RackId> racks) {
        byRack.bulkWrite(racks.stream()
                .map(rack -> new UpdateOneModel<Document>(
                        eq("_id", rack.value()), set("incidents." + incident, true), UPSERT))
                .toList());
    }

    private void update(IncidentId incident, Bson update) {
        incidents.updateOne(eq("_id", incident.toString()), update, UPSERT);
    }

    public Optional<IncidentHistory> history(IncidentId incident) {
        return Optional.ofNullable(
                        incidents.find(eq("_id", incident.toString())).first())
                .map(IncidentDocuments::readHistory);
    }

    /** Every incident that any version ever said to touch one of {@code racks}, in order of their ids. */
    public List<IncidentHistory> touching(Collection<RackId> racks) {
        return documentsTouching(racks).stream()
                .map(IncidentDocuments::readHistory)
                .toList();
    }

    List<Stored> storedTouching(Collection<RackId> racks) {
        return documentsTouching(racks).stream().map(Stored::read).toList();
    }

    Optional<Stored> find(IncidentId incident) {
        return Optional.ofNullable(
                        incidents.find(eq("_id", incident.toString())).first())
                .map(Stored::read);
    }

    /** At most {@code limit} of the incidents that are asked for, the newest first, after the one whose order is {@code after}. */
    List<IncidentView> page(Optional<String> after, int limit, IncidentFilter filter) {
        var found = new ArrayList<IncidentView>();
        try (var all = incidents
                .find(after.map(order -> lt(ORDER, order)).orElseGet(Document::new))
                .sort(descending(ORDER))
                .map(Stored::read)
                .map(IncidentView::of)
                .iterator()) {
            while (all.hasNext() && found.size() < limit) {
                var view = all.next();
                if (filter.matches(view)) {
                    found.add(view);
                }
            }
        }
        return found;
    }

    private List<Document> documentsTouching(Collection<RackId> racks) {
        Set<String> ids = new HashSet<>();
        byRack.find(in("_id", names(racks)))
                .forEach(
                        rack -> ids.addAll(rack.get("incidents", Document.class).keySet()));
        if (ids.isEmpty()) {
            return List.of();
        }
        var found = incidents.find(in("_id", ids)).into(new ArrayList<>());
        found.sort(Comparator.comparing(incident -> incident.getString("_id")));
        return found;
    }

    /**
     * @param title one line for people
     * @param severity 1 (worst) to 4
     * @param history everything recorded
     */
    record Stored(String title, int severity, IncidentHistory history) {

        private static Stored read(Document document) {
            return new Stored(document.getString("title"), document.getInteger("severity"), readHistory(document));
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
