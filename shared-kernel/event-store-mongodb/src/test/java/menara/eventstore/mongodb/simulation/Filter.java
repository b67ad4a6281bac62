package menara.eventstore.mongodb.simulation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;

/** What MongoDB's filters mean, as far as the store uses them. Anything else is an error of the simulation, and said. */
final class Filter {

    /** The order of a collection by {@code _id}, over the types that the store uses. */
    static final Comparator<BsonValue> ORDER = Filter::compare;

    private Filter() {}

    static boolean matches(BsonDocument document, BsonDocument filter) {
        return filter.entrySet().stream().allMatch(condition -> switch (condition.getKey()) {
            case "$and" -> alternatives(condition.getValue()).allMatch(one -> matches(document, one));
            case "$or" -> alternatives(condition.getValue()).anyMatch(one -> matches(document, one));
            default -> matches(field(document, condition.getKey()), condition.getValue());
        });
    }

    private static Stream<BsonDocument> alternatives(BsonValue conditions) {
        return conditions.asArray().stream().map(BsonValue::asDocument);
    }

    /** The value at a path with dots; null, as in MongoDB, if there is none. */
    static BsonValue field(BsonDocument document, String path) {
        BsonValue value = document;
        for (var name : path.split("\\.")) {
            value = value.isDocument() ? value.asDocument().getOrDefault(name, BsonNull.VALUE) : BsonNull.VALUE;
        }
        return value;
    }

    private static boolean matches(BsonValue value, BsonValue wanted) {
        if (wanted.isDocument() && isOperators(wanted.asDocument())) {
            return wanted.asDocument().entrySet().stream()
                    .allMatch(operator -> holds(operator.getKey(), value, operator.getValue()));
        }
        return isOneOf(value, List.of(wanted));
    }

    private static boolean isOperators(BsonDocument document) {
        return !document.isEmpty() && document.getFirstKey().startsWith("$");
    }

    private static boolean holds(String operator, BsonValue value, BsonValue operand) {
        return switch (operator) {
            case "$eq" -> isOneOf(value, List.of(operand));
            case "$ne" -> !isOneOf(value, List.of(operand));
            case "$in" -> isOneOf(value, operand.asArray());
            case "$nin" -> !isOneOf(value, operand.asArray());
            case "$lt" -> isComparable(value, operand) && compare(value, operand) < 0;
            case "$lte" -> isComparable(value, operand) && compare(value, operand) <= 0;
            case "$gt" -> isComparable(value, operand) && compare(value, operand) > 0;
            case "$gte" -> isComparable(value, operand) && compare(value, operand) >= 0;
            case "$size" ->
                value.isArray() && value.asArray().size() == operand.asNumber().intValue();
            case "$exists" -> value.isNull() != operand.asBoolean().getValue();
            case "$not" -> !matches(value, operand);
            case "$all" -> operand.asArray().stream().allMatch(one -> isOneOf(value, List.of(one)));
            default -> throw new UnsupportedOperationException("a filter with " + operator);
        };
    }

    private static boolean isOneOf(BsonValue value, List<BsonValue> wanted) {
        if (value instanceof BsonArray elements && elements.stream().anyMatch(element -> isIn(element, wanted))) {
            return true;
        }
        return isIn(value, wanted);
    }

    private static boolean isIn(BsonValue value, List<BsonValue> wanted) {
        return wanted.stream().anyMatch(one -> same(value, one));
    }

    static boolean same(BsonValue one, BsonValue other) {
        boolean numbers = one instanceof BsonNumber && other instanceof BsonNumber;
        return numbers ? compare(one, other) == 0 : one.equals(other);
    }

    private static boolean isComparable(BsonValue one, BsonValue other) {
        return typeOrder(one) == typeOrder(other);
    }

    static int compare(BsonValue one, BsonValue other) {
        int byType = Integer.compare(typeOrder(one), typeOrder(other));
        if (byType != 0) {
            return byType;
        }
        return switch (one) {
            case BsonNumber number ->
                Long.compare(number.longValue(), other.asNumber().longValue());
            case BsonString string ->
                string.getValue().compareTo(other.asString().getValue());
            case BsonBoolean bool ->
                Boolean.compare(bool.getValue(), other.asBoolean().getValue());
            case BsonDateTime time ->
                Long.compare(time.getValue(), other.asDateTime().getValue());
            case BsonBinary bytes ->
                Arrays.compare(bytes.getData(), other.asBinary().getData());
            case BsonNull _ -> 0;
            default -> throw new UnsupportedOperationException("an order of " + one.getBsonType());
        };
    }

    private static int typeOrder(BsonValue value) {
        return switch (value) {
            case BsonNull _ -> 1;
            case BsonNumber _ -> 2;
            case BsonString _ -> 3;
            case BsonBinary _ -> 6;
            case BsonBoolean _ -> 8;
            case BsonDateTime _ -> 9;
            default -> 5;
        };
    }
}
