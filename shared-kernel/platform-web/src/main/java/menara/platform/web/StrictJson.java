package menara.platform.web;

import java.math.BigDecimal;
import menara.values.PlainText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.deser.jdk.NumberDeserializers;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Strict reading of JSON from callers: ambiguous input is refused. A fraction is not a whole number, a field stands once, a number has a
 * bounded number of digits, a text has whole characters only, and a date lies in the supported years.
 */
public final class StrictJson {

    /** More digits than the widest amount in the smallest unit; arithmetic with them stays cheap. */
    static final int MAX_DIGITS = 40;

    static final int MAX_SCALE = 20;

    private static final int MAX_NESTING = 64;
    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_NUMBER_LENGTH = 64;

    private StrictJson() {}

    /** The limits of one reader, as it meets them: nesting, names and numbers are the same everywhere. */
    private static StreamReadConstraints constraints(long maxTokens) {
        return StreamReadConstraints.builder()
                .maxNestingDepth(MAX_NESTING)
                .maxNameLength(MAX_NAME_LENGTH)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .maxTokenCount(maxTokens)
                .build();
    }

    static <M extends MapperBuilder<?, M>> void configure(MapperBuilder<?, M> builder) {
        var strict = new SimpleModule("menara-strict")
                .addDeserializer(String.class, new WholeText())
                .addDeserializer(BigDecimal.class, new BoundedDecimal())
                .addKeyDeserializer(String.class, new WholeKey());
        Years.register(strict);
        builder.addModule(new ValuesJacksonModule())
                .addModule(strict)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // A misspelt field that is silently ignored leads to a wrong invoice.
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS);
    }

    /**
     * A reader of stored data. It must stay readable for ever, even if the rules for senders have become stricter since; and a publisher
     * may add fields without notice.
     */
    public static JsonMapper stored(JsonMapper strict) {
        var lenient = new SimpleModule("menara-stored")
                .addDeserializer(String.class, StringDeserializer.instance)
                .addDeserializer(BigDecimal.class, NumberDeserializers.BigDecimalDeserializer.instance)
                .addKeyDeserializer(String.class, new StoredKey());
        Years.lift(lenient);
        return strict.rebuild()
                .addModule(lenient)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /**
     * A reader of trees for code that checks the fields itself. Fractions are read as exact decimals.
     *
     * @param maxTokens most fields, values and brackets of one document, which determine the memory of its tree
     */
    public static JsonMapper trees(long maxTokens) {
        var factory = JsonFactory.builder()
                .streamReadConstraints(constraints(maxTokens))
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** Whether computing with a number is cheap: a scale of a billion would become a billion zeros. */
    public static boolean isBounded(BigDecimal number) {
        return number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_SCALE;
    }

    /** Half a surrogate pair is stored as a question mark, so that two different ids would become equal. */
    private static final class WholeText extends StringDeserializer {

        @Override
        public String deserialize(JsonParser in, DeserializationContext context) throws JacksonException {
            var text = super.deserialize(in, context);
            return text == null || PlainText.isWellFormed(text)
                    ? text
                    : context.reportInputMismatch(
                            String.class, "must not contain control characters or broken characters");
        }
    }

    /** A name that the sender chooses, such as a dimension. */
    private static final class WholeKey extends KeyDeserializer {

        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws JacksonException {
            return PlainText.isPlain(key)
                    ? key
                    : context.reportInputMismatch(
                            String.class, "must have names without control characters or broken characters");
        }
    }

    private static final class StoredKey extends KeyDeserializer {

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return key;
        }
    }

    private static final class BoundedDecimal extends NumberDeserializers.BigDecimalDeserializer {

        @Override
        public BigDecimal deserialize(JsonParser in, DeserializationContext context) throws JacksonException {
            var number = super.deserialize(in, context);
            return number == null || isBounded(number)
                    ? number
                    : context.reportInputMismatch(
                            BigDecimal.class,
                            "must have at most %d digits, and at most %d zeros before or after them",
                            MAX_DIGITS,
                            MAX_SCALE);
        }
    }
}
