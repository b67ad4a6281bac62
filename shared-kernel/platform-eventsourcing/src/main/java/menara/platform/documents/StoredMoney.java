package menara.platform.documents;

import menara.values.Money;
import org.bson.Document;

/** Money as {@code {amount: "123.45", currency: "MAD"}}: text, because a double is not exact. */
public final class StoredMoney {

    private StoredMoney() {}

    public static Document of(Money money) {
        return new Document("amount", money.amount().toPlainString())
                .append("currency", money.currency().getCurrencyCode());
    }

    public static Money read(Document document) {
        return Money.of(document.getString("amount"), document.getString("currency"));
    }

    /** The money in a field of a document. */
    public static Money read(Document document, String field) {
        return read(document.get(field, Document.class));
    }
}
