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

    private final MongoCollection<Document> incidents;
    private final MongoCollection<Document> byRack;

    IncidentDocuments(MongoDatabase database) {
        this.incidents = database.getCollection("incidents");
        this.byRack = database.getCollection("incidents_by_rack");
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
                                set("openedAt", reported.at().toString())));
            }
            case OutageEnded ended ->
                record(ended.incident(), Incident.FIRST_REVISION, ended.racks(), ended.outage(), ended.at());
            case OutageCorrected corrected ->
                record(
                        corrected.incident(),
                        corrected.revision(),
                        corrected.racks(),
                        corrected.outage(),
                        corrected.at());
        }
    }

    private void record(IncidentId incident, long revision, List<RackId> racks, Period outage, Instant at) {
        index(incident, racks);
        var version = new Document("racks", names(racks))
                .append("from", outage.from().getEpochSecond())
                .append("until", outage.until().getEpochSecond())
                .append("at", at.toString());
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

    /** At most {@code limit} incidents, the newest first, from the one after {@code after}. */
    List<Stored> page(Optional<String> after, int limit) {
        return incidents
                .find(after.map(id -> lt("_id", id)).orElseGet(Document::new))
                .sort(descending("_id"))
                .limit(limit)
                .map(Stored::read)
                .into(new ArrayList<>());
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
        return new Recorded(new Outage(incident, racks(version), period), Instant.parse(version.getString("at")));
    }

    private static List<RackId> racks(Document document) {
        return document.getList("racks", String.class).stream().map(RackId::new).toList();
    }

    private static List<String> names(Collection<RackId> racks) {
        return racks.stream().map(RackId::value).toList();
    }
}
