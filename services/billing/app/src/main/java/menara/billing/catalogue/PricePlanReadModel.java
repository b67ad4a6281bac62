package menara.billing.catalogue;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import menara.billing.meters.Meter;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The catalogue as documents: one for each plan, holding all its versions. */
@Projection(value = "price-plans", by = "plan")
public class PricePlanReadModel {

    private static final TypeReference<List<Charge>> CHARGES = new TypeReference<>() {};

    private final ReadModel plans;
    private final JsonMapper json;

    PricePlanReadModel(MongoDatabase database, JsonMapper json) {
        this.json = json;
        this.plans = ReadModel.in(database, "price_plans");
    }

    @EventHandler(eventName = "menara.billing.PricePlanVersionPublished")
    void on(PricePlanVersionPublished event) {
        var prices = event.prices().stream()
                .map(price -> new Document("meter", price.meter().code())
                        .append("unitPrice", price.unitPrice().toPlainString()))
                .toList();
        var version = new Document("effectiveFrom", event.effectiveFrom().toString())
                .append("prices", prices)
                .append("charges", json.writerFor(CHARGES).writeValueAsString(event.everyCharge()))
                .append("publishedAt", event.at().toString());
        plans.upsert(
                event.plan().value(),
                combine(
                        set("currency", event.currency().getCurrencyCode()),
                        set("versions." + event.version(), version)));
    }

    public Optional<PricePlan.Published> find(PricePlanId plan) {
        return plans.get(plan.value()).map(this::read);
    }

    private PricePlan.Published read(Document document) {
        var versions = document.get("versions", Document.class);
        return new PricePlan.Published(
                new PricePlanId(document.getString("_id")),
                Currency.getInstance(document.getString("currency")),
                versions.keySet().stream()
                        .map(number -> version(Integer.parseInt(number), versions.get(number, Document.class)))
                        .toList());
    }

    private PricePlan.Version version(int number, Document document) {
        List<Price> prices = document.getList("prices", Document.class).stream()
                .map(price ->
                        new Price(Meter.of(price.getString("meter")), new BigDecimal(price.getString("unitPrice"))))
                .toList();
        return new PricePlan.Version(
                number,
                Instant.parse(document.getString("effectiveFrom")),
                prices,
                json.readValue(document.get("charges", "[]"), CHARGES),
                Instant.parse(document.getString("publishedAt")));
    }
}
