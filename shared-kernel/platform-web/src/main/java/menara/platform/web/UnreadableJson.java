package menara.platform.web;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import menara.values.PlainText;
import menara.values.refusals.InvalidField.FieldError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Describes the faults of a body by its fields, as the caller wrote them, without names of classes. */
final class UnreadableJson {

    private static final int MAX_FIELD_SHOWN = 200;

    /** Jackson's message would quote names of classes. */
    private static final char QUOTE = '`';

    private static final String CUT_OFF = "Unexpected end-of-input";

    private UnreadableJson() {}

    static FieldError fieldError(JacksonException e) {
        var path = e.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining());
        var field = PlainText.shown(path.startsWith(".") ? path.substring(1) : path, MAX_FIELD_SHOWN);
        return new FieldError(field, detail(e));
    }

    private static String detail(JacksonException e) {
        var rule = e.getCause();
        if (rule instanceof IllegalArgumentException && rule.getMessage() != null) {
            return firstLine(rule.getMessage()); // a value's own rule has the clearer message
        }
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "is not known here; known are " + unknown.getKnownPropertyIds();
            case InvalidFormatException format -> WantedForm.instead(format.getValue(), format.getTargetType());
            case InvalidNullException _ -> "must not be null";
            case MismatchedInputException mismatch when isJacksons(mismatch) -> expected(mismatch.getTargetType());
            case StreamConstraintsException _ -> "is longer, deeper or holds more than any document that is taken here";
            case InputCoercionException _ -> "is too large or too small a number";
            case StreamReadException broken
            when broken.getOriginalMessage().startsWith("Duplicate") -> "a field stands twice; say each once";
            default -> firstLine(e.getOriginalMessage());
        };
    }

    /** Menara's own readers have a message of their own. */
    private static boolean isJacksons(MismatchedInputException mismatch) {
        var message = mismatch.getOriginalMessage();
        return message == null
                || message.indexOf(QUOTE) >= 0
                || message.startsWith("Missing required")
                || message.startsWith("Cannot ");
    }

    private static String expected(@Nullable Class<?> wanted) {
        if (wanted == null || wanted.isRecord()) {
            return "is missing a field or is not a JSON object";
        }
        if (Collection.class.isAssignableFrom(wanted) || wanted.isArray()) {
            return "must be a list";
        }
        if (Map.class.isAssignableFrom(wanted)) {
            return "must be a JSON object";
        }
        return wanted == String.class ? "must be a text" : "must be " + WantedForm.of(wanted);
    }

    private static String firstLine(@Nullable String message) {
        if (message != null && message.startsWith(CUT_OFF)) {
            return CUT_OFF + ": the body is cut off";
        }
        if (message == null || message.indexOf(QUOTE) >= 0) {
            return "cannot be read";
        }
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
