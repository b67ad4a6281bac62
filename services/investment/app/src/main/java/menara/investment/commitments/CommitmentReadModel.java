package menara.investment.commitments;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.platform.documents.Paging;
import menara.platform.documents.StoredMoney;
import menara.platform.web.Page;
import menara.values.PartnerId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;

/** One document per partner and class of shares. */
@Projection(value = "commitments", by = "partner")
class CommitmentReadModel {

    private final ReadModel commitments;

    CommitmentReadModel(MongoDatabase database) {
        this.commitments = ReadModel.in(database, "commitments");
    }

    @EventHandler(eventName = "menara.investment.CommitmentMade")
    void on(CommitmentMade event) {
        commitments.put(
                event.partner() + "/" + event.shareClass(),
                new Document("partner", event.partner().value())
                        .append("shareClass", event.shareClass().value())
                        .append("amount", StoredMoney.of(event.amount()))
                        .append("at", event.at().toString()));
    }

    Page<CommitmentView> page(Paging paging) {
        return paging.pageById(commitments, new Document(), CommitmentReadModel::read);
    }

    private static CommitmentView read(Document document) {
        return new CommitmentView(
                new PartnerId(document.getString("partner")),
                new ShareClass(document.getString("shareClass")),
                StoredMoney.read(document, "amount"),
                Instant.parse(document.getString("at")));
    }
}
