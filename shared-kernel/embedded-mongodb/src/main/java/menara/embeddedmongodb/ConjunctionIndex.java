package menara.embeddedmongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A unique index that is also used where a filter names its fields among others, as MongoDB does: {@code {_id: 7, state: "open"}} or
 * {@code {$and: [{_id: 7}, …]}}. The index below handles only filters of its own fields and nothing else, so that each guarded update
 * by {@code _id} would read its whole collection. The collection checks the documents found against the whole filter.
 */
final class ConjunctionIndex<P> extends Index<P> {

    private static final String AND = "$and";
    private static final String IN = "$in";
    private static final String EQUAL = "$eq";

    private final Index<P> index;
    private final Set<String> fields = keySet();

    ConjunctionIndex(Index<P> index, boolean sparse) {
        super(index.getName(), index.getKeys(), sparse);
        this.index = index;
    }

    @Override
    public boolean canHandle(Document filter) {
        return index.canHandle(filter) || handled(filter) != null;
    }

    @Override
    public Iterable<P> getPositions(Document filter) {
        if (index.canHandle(filter)) {
            return index.getPositions(filter);
        }
        Document handled = handled(filter);
        if (handled == null) {
            throw new IllegalArgumentException(this + " cannot handle " + filter);
        }
        return index.getPositions(handled);
    }

    /** The part of a filter that the index below can answer, or null if this index is of no use to it. */
    private @Nullable Document handled(Document filter) {
        Document own = new Document();
        gather(filter, own);
        return own.keySet().equals(fields) && index.canHandle(own) ? own : null;
    }

    private void gather(Document conjunction, Document own) {
        conjunction.forEach((field, condition) -> {
            if (field.equals(AND) && condition instanceof Collection<?> parts) {
                for (Object part : parts) {
                    if (part instanceof Document document) {
                        gather(document, own);
                    }
                }
            } else if (fields.contains(field)) {
                Object value = condition instanceof Document operators
                                && operators.keySet().equals(Set.of(EQUAL))
                        ? operators.get(EQUAL)
                        : condition;
                if (isLookUp(value)) {
                    own.putIfAbsent(field, value); // any one of several conditions on a field finds all matches
                }
            }
        });
    }

    /** Arrays and null match more than one key of the index; so only values and lists of values are used. */
    private static boolean isLookUp(@Nullable Object value) {
        if (value instanceof Document operators && operators.keySet().equals(Set.of(IN))) {
            return operators.get(IN) instanceof Collection<?> values
                    && values.stream().allMatch(ConjunctionIndex::isPlain);
        }
        return isPlain(value);
    }

    private static boolean isPlain(@Nullable Object value) {
        return value != null
                && !(value instanceof Collection)
                && !BsonRegularExpression.isRegularExpression(value)
                && !(value instanceof Document document
                        && document.keySet().stream().anyMatch(key -> key.startsWith("$")));
    }

    @Override
    public P getPosition(Document document) {
        return index.getPosition(document);
    }

    @Override
    public void checkAdd(Document document, MongoCollection<P> collection) {
        index.checkAdd(document, collection);
    }

    @Override
    public void add(Document document, P position, MongoCollection<P> collection) {
        index.add(document, position, collection);
    }

    @Override
    public P remove(Document document) {
        return index.remove(document);
    }

    @Override
    public void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<P> collection) {
        index.checkUpdate(oldDocument, newDocument, collection);
    }

    @Override
    public void updateInPlace(Document oldDocument, Document newDocument, P position, MongoCollection<P> collection) {
        index.updateInPlace(oldDocument, newDocument, position, collection);
    }

    @Override
    public long getCount() {
        return index.getCount();
    }

    @Override
    public boolean isEmpty() {
        return index.isEmpty();
    }

    @Override
    public long getDataSize() {
        return index.getDataSize();
    }

    @Override
    public void drop() {
        index.drop();
    }

    @Override
    public boolean isUnique() {
        return index.isUnique();
    }

    @Override
    public String toString() {
        return index.toString();
    }
}
