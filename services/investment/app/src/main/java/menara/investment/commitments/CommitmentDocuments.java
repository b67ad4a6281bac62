package menara.investment.commitments;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Instant;
import menara.investment.documents.Paging;
import menara.investment.documents.StoredMoney;
import menara.platform.eventsourcing.Projection;
import menara.platform.web.Page;
import menara.values.PartnerId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;

/** One document per partner and class of shares. */
@Projection("commitments")
class CommitmentDocuments {

    private final MongoCollection<Document> commitments;

    CommitmentDocuments(MongoDatabase database) {
        this.commitments = database.getCollection("commitments");
    }

    @EventHandler(eventName = "menara.investment.CommitmentMade")
    void on(CommitmentMade event) {
        commitments.replaceOne(
                eq("_id", event.partner() + "/" + event.shareClass()),
                new Document("partner", event.partner().value())
                        .append("shareClass", event.shareClass().value())
                        .append("amount", StoredMoney.of(event.amount()))
                        .append("at", event.at().toString()),
                new ReplaceOptions().upsert(true));
    }

    Page<CommitmentView> page(Paging paging) {
        return paging.of(commitments, CommitmentDocuments::read);
    }

    private static CommitmentView read(Document document) {
        return new CommitmentView(
                new PartnerId(document.getString("partner")),
                new ShareClass(document.getString("shareClass")),
                StoredMoney.read(document, "amount"),
                Instant.parse(document.getString("at")));
    }
}
