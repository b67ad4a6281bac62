package menara.capacity.documents;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
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
 * Which page of a list is wanted. Lists are ordered by {@code _id}, and a cursor is the last {@code _id} of the page before.
 *
 * @param limit most items
 * @param after {@code _id} of the last item seen, empty for the first page
 */
public record Paging(int limit, String after) {

    public static Paging of(Optional<Integer> limit, Optional<String> cursor) {
        int wanted = limit.orElse(Page.DEFAULT_LIMIT);
        if (wanted < 1 || wanted > Page.MAX_LIMIT) {
            throw new InvalidField("limit", "must be 1 to %d, was %d".formatted(Page.MAX_LIMIT, wanted));
        }
        return new Paging(wanted, cursor.map(Paging::decoded).orElse(""));
    }

    public <T> Page<T> page(ReadModel documents, Bson filter, Function<Document, T> view) {
        var found = documents
                .find(Filters.and(Filters.gt("_id", after), filter))
                .sort(Sorts.ascending("_id"))
                .limit(limit + 1) // one more tells whether there is a next page
                .into(new ArrayList<>());
        boolean more = found.size() > limit;
        var items = found.stream().limit(limit).map(view).toList();
        return new Page<>(items, more ? encoded(found.get(limit - 1).getString("_id")) : null);
    }

    private static String encoded(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new InvalidField("cursor", "must be the next of the page before, unchanged");
        }
    }
}
