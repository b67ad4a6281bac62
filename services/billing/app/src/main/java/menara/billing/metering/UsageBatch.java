package menara.billing.metering;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import menara.billing.catalogue.Meter;
import menara.values.ContractId;
import menara.values.Period;
import org.bson.Document;

/**
 * Events taken in together, as they stand in the journal: with everything that counting them needs, so that a batch left over
 * by a crash can be counted without looking anything up.
 *
 * @param id made for this batch
 * @param receivedAt when it was received
 * @param items well-formed events that passed the rules, in the order given
 */
record UsageBatch(UUID id, Instant receivedAt, List<Item> items) {

    UsageBatch {
        items = List.copyOf(items);
    }

    /**
     * @param event the event
     * @param zone the contract's time zone
     */
    record Item(UsageEvent event, ZoneId zone) {}

    Document toDocument() {
        return new Document("_id", id.toString())
                .append("receivedAt", receivedAt.toEpochMilli())
                .append("items", items.stream().map(UsageBatch::itemDocument).toList());
    }

    private static Document itemDocument(Item item) {
        var key = item.event().key();
        var document = new Document("source", key.source()).append("id", key.id());
        document.putAll(contentOf(item));
        return document;
    }

    /** What the event says, without who says it. */
    static Document contentOf(Item item) {
        var event = item.event();
        return new Document("contract", event.contract().toString())
                .append("zone", item.zone().getId())
                .append("meter", event.meter().code())
                .append("from", event.period().from().toEpochMilli())
                .append("until", event.period().until().toEpochMilli())
                .append("milliGpus", event.milliGpus());
    }

    static UsageBatch of(Document document) {
        return new UsageBatch(
                UUID.fromString(document.getString("_id")),
                Instant.ofEpochMilli(document.getLong("receivedAt")),
                document.getList("items", Document.class).stream()
                        .map(UsageBatch::item)
                        .toList());
    }

    private static Item item(Document document) {
        return item(new UsageKey(document.getString("source"), document.getString("id")), document);
    }

    /** Reads what {@link #contentOf} wrote. */
    static Item item(UsageKey key, Document document) {
        return new Item(
                new UsageEvent(
                        key,
                        new ContractId(UUID.fromString(document.getString("contract"))),
                        Meter.of(document.getString("meter")),
                        new Period(
                                Instant.ofEpochMilli(document.getLong("from")),
                                Instant.ofEpochMilli(document.getLong("until"))),
                        document.getLong("milliGpus")),
                ZoneId.of(document.getString("zone")));
    }
}
