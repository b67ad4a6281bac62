package menara.values.refusals;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One field of the request, or several, cannot be used. */
public final class InvalidField extends Refusal {

    private static final long serialVersionUID = 1L;

    /**
     * One field that cannot be used.
     *
     * @param field JSON path as the caller wrote it; empty for the request as a whole
     * @param detail what is wrong and how to mend it
     */
    public record FieldError(String field, String detail) {}

    private final transient List<FieldError> errors;

    /**
     * @param field JSON path as the caller wrote it, {@code period.until}
     * @param howToMend what is wrong and how to mend it
     */
    public InvalidField(String field, String howToMend) {
        super(howToMend);
        this.errors = List.of(new FieldError(field, howToMend));
    }

    /** @param errors all errors, at least one */
    public InvalidField(List<FieldError> errors) {
        super(errors.stream().map(FieldError::detail).collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    /**
     * Made from the errors of a slice's rules, which do not depend on the web.
     *
     * @param errors all errors, at least one
     * @param field JSON path of an error's field
     * @param howToMend what is wrong there and how to mend it
     */
    public static <E> InvalidField of(List<E> errors, Function<E, String> field, Function<E, String> howToMend) {
        return new InvalidField(errors.stream()
                .map(error -> new FieldError(field.apply(error), howToMend.apply(error)))
                .toList());
    }

    /** The first field that cannot be used. */
    public String field() {
        return errors.getFirst().field();
    }

    public List<FieldError> errors() {
        return errors;
    }
}
