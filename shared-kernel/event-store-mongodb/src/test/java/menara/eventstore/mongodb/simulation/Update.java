package menara.eventstore.mongodb.simulation;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** What MongoDB's updates do, as far as the store uses them. */
final class Update {

    private Update() {}

    /** @return the document as it is then; the one given stays as it was */
    static BsonDocument applied(BsonDocument document, BsonDocument update, boolean inserted) {
        var result = document.clone();
        update.forEach((operator, fields) ->
                fields.asDocument().forEach((path, operand) -> apply(result, operator, path, operand, inserted)));
        return result;
    }

    private static void apply(
            BsonDocument document, String operator, String path, BsonValue operand, boolean inserted) {
        switch (operator) {
            case "$set" -> set(document, path, operand);
            case "$setOnInsert" -> {
                if (inserted) {
                    set(document, path, operand);
                }
            }
            case "$unset" -> parent(document, path).remove(last(path));
            case "$max" ->
                change(document, path, value -> value.isNull() || Filter.compare(value, operand) < 0 ? operand : value);
            case "$min" ->
                change(document, path, value -> value.isNull() || Filter.compare(value, operand) > 0 ? operand : value);
            case "$inc" -> change(document, path, value -> sum(value, operand));
            case "$push" -> change(document, path, value -> with(value, each(operand), _ -> false));
            case "$addToSet" ->
                change(
                        document,
                        path,
                        value -> with(
                                value,
                                each(operand),
                                element -> !value.isNull() && value.asArray().contains(element)));
            case "$pull" -> change(document, path, value -> without(value, element -> isPulled(element, operand)));
            case "$pullAll" -> change(document, path, value -> without(value, operand.asArray()::contains));
            default -> throw new UnsupportedOperationException("an update with " + operator);
        }
    }

    private static boolean isPulled(BsonValue element, BsonValue operand) {
        if (operand.isDocument() && element.isDocument()) {
            return Filter.matches(element.asDocument(), operand.asDocument());
        }
        return Filter.matches(new BsonDocument("value", element), new BsonDocument("value", operand));
    }

    private static List<BsonValue> each(BsonValue operand) {
        return operand.isDocument() && operand.asDocument().containsKey("$each")
                ? operand.asDocument().getArray("$each")
                : List.of(operand);
    }

    private static BsonValue with(BsonValue array, List<BsonValue> elements, Predicate<BsonValue> there) {
        var longer = array.isNull() ? new BsonArray() : array.asArray().clone();
        elements.stream().filter(there.negate()).forEach(longer::add);
        return longer;
    }

    private static BsonValue without(BsonValue array, Predicate<BsonValue> gone) {
        return array.isNull()
                ? array
                : new BsonArray(array.asArray().stream().filter(gone.negate()).toList());
    }

    private static BsonValue sum(BsonValue value, BsonValue operand) {
        long before = value.isNull() ? 0 : value.asNumber().longValue();
        long after = before + operand.asNumber().longValue();
        return value.isInt64() || operand.isInt64() ? new BsonInt64(after) : new BsonInt32((int) after);
    }

    private static void change(BsonDocument document, String path, UnaryOperator<BsonValue> changed) {
        var value = changed.apply(Filter.field(document, path));
        if (!value.isNull()) {
            set(document, path, value);
        }
    }

    private static void set(BsonDocument document, String path, BsonValue value) {
        parent(document, path).put(last(path), value);
    }

    private static BsonDocument parent(BsonDocument document, String path) {
        var parent = document;
        for (int dot = path.indexOf('.'), from = 0; dot >= 0; from = dot + 1, dot = path.indexOf('.', from)) {
            var name = path.substring(from, dot);
            if (parent.getOrDefault(name, BsonNull.VALUE).isNull()) {
                parent.put(name, new BsonDocument());
            }
            parent = parent.getDocument(name);
        }
        return parent;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
