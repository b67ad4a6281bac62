package menara.platform.documents;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Sorts.ascending;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import menara.eventstore.spring.read.ReadModel;
import menara.platform.web.Page;
import menara.values.refusals.InvalidField;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The page a caller asks for.
 *
 * @param limit most items
 * @param after order of the last item of the page before, empty for the first page
 */
public record Paging(int limit, Optional<String> after) {

    /** @throws InvalidField if the limit is out of range or the cursor is invalid */
    public static Paging of(Optional<Integer> limit, Optional<String> cursor) {
        int items = limit.orElse(Page.DEFAULT_LIMIT);
        if (items < 1 || items > Page.MAX_LIMIT) {
            throw new InvalidField("limit", "must be 1 to %d, was %d".formatted(Page.MAX_LIMIT, items));
        }
        return new Paging(items, cursor.map(Paging::decode));
    }

    /** One more than the limit, to tell whether there is a next page. */
    public int probe() {
        return limit + 1;
    }

    /**
     * @param found up to {@link #probe()} items, in order, after {@link #after()}
     * @param order order key of an item, unique among them
     */
    public <T> Page<T> page(List<T> found, Function<T, Object> order) {
        if (found.size() <= limit) {
            return new Page<>(List.copyOf(found), null);
        }
        var items = List.copyOf(found.subList(0, limit));
        return new Page<>(items, encode(order.apply(items.getLast()).toString()));
    }

    /** The documents that match {@code filter}, in the order of their {@code _id}. */
    public <T> Page<T> pageById(ReadModel collection, Bson filter, Function<Document, T> read) {
        var found = collection
                .find(after.map(id -> and(gt("_id", id), filter)).orElse(filter))
                .sort(ascending("_id"))
                .limit(probe())
                .into(new ArrayList<>());
        var page = page(found, document -> document.getString("_id"));
        return new Page<>(page.items().stream().map(read).toList(), page.next());
    }

    private static String encode(String order) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(order.getBytes(UTF_8));
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException _) {
            throw new InvalidField("cursor", "must be the next of an earlier page, as it was given");
        }
    }
}
