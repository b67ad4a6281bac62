package menara.billing.invoicing;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Drafts as they were computed last. A draft is no promise: it can be thrown away and computed again. */
@Component
class Drafts {

    private final MongoCollection<Document> drafts;
    private final JsonMapper json;

    Drafts(MongoDatabase database, JsonMapper json) {
        this.drafts = database.getCollection("invoice_drafts");
        this.json = json;
    }

    /**
     * @param hash of the content
     * @param preparedBy subject of who asked for it
     * @param asOf as known on
     */
    record Draft(InvoiceId invoice, InvoiceContent content, String hash, String preparedBy, Instant asOf) {

        static Draft of(InvoiceId invoice, InvoiceContent content, String preparedBy, Instant asOf) {
            return new Draft(invoice, content, content.hash(), preparedBy, asOf);
        }
    }

    void put(List<Draft> computed) {
        var upsert = new ReplaceOptions().upsert(true);
        List<WriteModel<Document>> writes = computed.stream()
                .<WriteModel<Document>>map(
                        draft -> new ReplaceOneModel<>(eq("_id", draft.invoice().toString()), document(draft), upsert))
                .toList();
        if (!writes.isEmpty()) {
            drafts.bulkWrite(writes);
        }
    }

    /** For drafts that are not there yet; what is there stays. */
    void add(List<Draft> computed) {
        var ids = computed.stream().map(draft -> draft.invoice().toString()).toList();
        var there =
                drafts.find(in("_id", ids)).projection(new Document("_id", 1)).into(new ArrayList<>());
        if (there.isEmpty() && !computed.isEmpty()) {
            drafts.insertMany(computed.stream().map(this::document).toList());
        } else {
            put(computed);
        }
    }

    private Document document(Draft draft) {
        return new Document("_id", draft.invoice().toString())
                .append("content", json.writeValueAsString(draft.content()))
                .append("hash", draft.hash())
                .append("preparedBy", draft.preparedBy())
                .append("asOf", draft.asOf().toString());
    }

    Optional<Draft> find(InvoiceId invoice) {
        return Optional.ofNullable(drafts.find(eq("_id", invoice.toString())).first())
                .map(this::read);
    }

    private Draft read(Document document) {
        return new Draft(
                new InvoiceId(UUID.fromString(document.getString("_id"))),
                json.readValue(document.getString("content"), InvoiceContent.class),
                document.getString("hash"),
                document.getString("preparedBy"),
                Instant.parse(document.getString("asOf")));
    }

    void remove(InvoiceId invoice) {
        drafts.deleteOne(eq("_id", invoice.toString()));
    }
}
