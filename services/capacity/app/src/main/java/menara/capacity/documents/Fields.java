package menara.capacity.documents;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import menara.capacity.commitments.Share;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.TypedId;
import org.bson.Document;

/** The forms of values in documents: instants as dates (in milliseconds, the precision of the service), power in watts. */
public final class Fields {

    private Fields() {}

    public static Date date(Instant instant) {
        return Date.from(instant);
    }

    public static Instant instant(Document document, String field) {
        return document.get(field, Date.class).toInstant();
    }

    public static Optional<Instant> maybeInstant(Document document, String field) {
        return Optional.ofNullable(document.get(field, Date.class)).map(Date::toInstant);
    }

    public static Power power(Document document, String field) {
        return Power.watts(document.get(field, Number.class).longValue());
    }

    public static Period period(Document document) {
        return new Period(instant(document, "from"), instant(document, "until"));
    }

    public static List<String> names(List<? extends TypedId<String>> ids) {
        return ids.stream().map(TypedId::value).toList();
    }

    public static List<RackId> racks(Document document, String field) {
        return document.getList(field, String.class, List.of()).stream()
                .map(RackId::new)
                .toList();
    }

    public static List<Document> shares(List<Share> shares) {
        return shares.stream()
                .map(share -> new Document("hall", share.hall().value())
                        .append("phase", share.phase().value())
                        .append("racks", names(share.racks()))
                        .append("watts", share.power().watts()))
                .toList();
    }

    public static List<Share> shares(Document document) {
        return document.getList("shares", Document.class, List.of()).stream()
                .map(share -> new Share(
                        new NodeId(share.getString("hall")),
                        new PhaseId(share.getString("phase")),
                        racks(share, "racks"),
                        power(share, "watts")))
                .toList();
    }
}
