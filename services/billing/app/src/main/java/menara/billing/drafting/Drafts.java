package menara.billing.drafting;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The drafts of invoices as they were computed last. A draft binds nobody: it can be thrown away and computed again. */
@Component
public class Drafts {

    private final MongoCollection<Document> drafts;
    private final JsonMapper json;

    Drafts(MongoDatabase database, JsonMapper json) {
        this.drafts = database.getCollection("invoice_drafts");
        this.json = json;
        List.of("contract", "tenant", "month").forEach(field -> drafts.createIndex(Indexes.ascending(field, "_id")));
    }

    /**
     * @param since earliest month that it looks back to
     * @param hash of the content
     * @param preparedBy subject of the person who asked for it
     * @param asOf as-of time of its inputs
     */
    public record Draft(
            InvoiceId invoice, InvoiceContent content, YearMonth since, String hash, String preparedBy, Instant asOf) {

        public static Draft of(
                InvoiceId invoice, InvoiceContent content, YearMonth since, String preparedBy, Instant asOf) {
            return new Draft(invoice, content, since, content.hash(), preparedBy, asOf);
        }
    }

    public void put(List<Draft> computed) {
        var upsert = new ReplaceOptions().upsert(true);
        List<WriteModel<Document>> writes = computed.stream()
                .<WriteModel<Document>>map(
                        draft -> new ReplaceOneModel<>(eq("_id", draft.invoice().toString()), document(draft), upsert))
                .toList();
        if (!writes.isEmpty()) {
            drafts.bulkWrite(writes);
        }
    }

    /**
     * Stores the drafts of a run, mostly new ones, with one write. A draft that was prepared meanwhile to look further back stays.
     */
    public void add(List<Draft> computed) {
        var ids = computed.stream().map(draft -> draft.invoice().toString()).toList();
        var there =
                drafts.find(in("_id", ids)).projection(new Document("_id", 1)).into(new ArrayList<>());
        if (there.isEmpty() && !computed.isEmpty()) {
            try {
                drafts.insertMany(computed.stream().map(this::document).toList());
                return;
            } catch (MongoBulkWriteException e) {
                requireOnlyTaken(e);
            }
        }
        putUnlessFurtherBack(computed);
    }

    private void putUnlessFurtherBack(List<Draft> computed) {
        var upsert = new ReplaceOptions().upsert(true);
        List<WriteModel<Document>> writes = computed.stream()
                .<WriteModel<Document>>map(draft -> new ReplaceOneModel<>(
                        and(
                                eq("_id", draft.invoice().toString()),
                                gte("since", draft.since().toString())),
                        document(draft),
                        upsert))
                .toList();
        if (writes.isEmpty()) {
            return;
        }
        try {
            drafts.bulkWrite(writes, new BulkWriteOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            requireOnlyTaken(e); // a draft that looks further back exists, so this one was not inserted
        }
    }

    private static void requireOnlyTaken(MongoBulkWriteException e) {
        if (e.getWriteConcernError() != null
                || !e.getWriteErrors().stream().allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY)) {
            throw e;
        }
    }

    /** How far back the given drafts look, of those that exist. */
    public Map<InvoiceId, YearMonth> since(Collection<InvoiceId> invoices) {
        var since = new HashMap<InvoiceId, YearMonth>();
        drafts.find(in("_id", invoices.stream().map(InvoiceId::toString).toList()))
                .projection(include("since"))
                .forEach(document -> since.put(
                        new InvoiceId(UUID.fromString(document.getString("_id"))),
                        YearMonth.parse(document.getString("since"))));
        return since;
    }

    private Document document(Draft draft) {
        return new Document("_id", draft.invoice().toString())
                .append("contract", draft.content().contract().toString())
                .append("tenant", draft.content().tenant().value())
                .append("month", draft.content().month().toString())
                .append("since", draft.since().toString())
                .append("content", json.writeValueAsString(draft.content()))
                .append("hash", draft.hash())
                .append("preparedBy", draft.preparedBy())
                .append("asOf", draft.asOf().toString());
    }

    public Optional<Draft> find(InvoiceId invoice) {
        return Optional.ofNullable(drafts.find(eq("_id", invoice.toString())).first())
                .map(this::read);
    }

    private Draft read(Document document) {
        return new Draft(
                new InvoiceId(UUID.fromString(document.getString("_id"))),
                json.readValue(document.getString("content"), InvoiceContent.class),
                YearMonth.parse(document.getString("since")),
                document.getString("hash"),
                document.getString("preparedBy"),
                Instant.parse(document.getString("asOf")));
    }

    /** The first {@code count} matches, in the order of their ids. */
    public List<InvoiceId> first(InvoiceFilter filter, int count) {
        return drafts.find(filter.conditions())
                .projection(include("_id"))
                .sort(ascending("_id"))
                .limit(count)
                .map(document -> new InvoiceId(UUID.fromString(document.getString("_id"))))
                .into(new ArrayList<>());
    }

    /** Those of the given drafts that exist, in no order. */
    public List<Draft> find(Collection<InvoiceId> ids) {
        return drafts.find(in("_id", ids.stream().map(InvoiceId::toString).toList()))
                .map(this::read)
                .into(new ArrayList<>());
    }

    /** Those of the given drafts that look back to {@code since} and no further. */
    public void remove(List<InvoiceId> invoices, YearMonth since) {
        if (!invoices.isEmpty()) {
            drafts.deleteMany(and(
                    in("_id", invoices.stream().map(InvoiceId::toString).toList()), gte("since", since.toString())));
        }
    }

    public void remove(InvoiceId invoice) {
        drafts.deleteOne(eq("_id", invoice.toString()));
    }
}
