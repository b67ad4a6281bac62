package menara.platform.web;

/** 400: one field of the request cannot be used. */
public final class InvalidField extends Refusal {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field JSON path as the caller wrote it, {@code period.until}
     * @param howToMend what is wrong and what would be right
     */
    public InvalidField(String field, String howToMend) {
        super(howToMend);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
