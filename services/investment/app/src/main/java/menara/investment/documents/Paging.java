package menara.investment.documents;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Sorts.ascending;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import menara.eventstore.spring.read.ReadModel;
import menara.platform.web.InvalidField;
import menara.platform.web.Page;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Which page of a list is asked for.
 *
 * @param limit items on the page
 * @param after {@code _id} of the last document of the page before, empty for the first page
 */
public record Paging(int limit, Optional<String> after) {

    /** @throws InvalidField naming {@code limit} or {@code cursor} */
    public static Paging of(Optional<Integer> limit, Optional<String> cursor) {
        int wanted = limit.orElse(Page.DEFAULT_LIMIT);
        if (wanted < 1 || wanted > Page.MAX_LIMIT) {
            throw new InvalidField("limit", "must be 1 to %d, was %d".formatted(Page.MAX_LIMIT, wanted));
        }
        return new Paging(wanted, cursor.map(Paging::decoded));
    }

    /** The documents of this page in the order of their {@code _id}. The collection is small: one scan. */
    public <T> Page<T> of(ReadModel collection, Function<Document, T> read) {
        return of(collection, new Document(), read);
    }

    /** The same, of those that {@code filter} lets through. */
    public <T> Page<T> of(ReadModel collection, Bson filter, Function<Document, T> read) {
        var found = collection
                .find(after.map(id -> and(gt("_id", id), filter)).orElse(filter))
                .sort(ascending("_id"))
                .limit(limit + 1)
                .into(new ArrayList<>());
        boolean more = found.size() > limit;
        var page = more ? found.subList(0, limit) : found;
        return new Page<>(
                page.stream().map(read).toList(), more ? encoded(page.getLast().getString("_id")) : null);
    }

    private static String encoded(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw new InvalidField("cursor", "must be the cursor of an earlier page");
        }
    }
}
