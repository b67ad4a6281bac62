package menara.values.refusals;

import menara.values.PlainText;

/** Texts that people must give: reasons, names, purposes. */
public final class RequiredText {

    /** Enough to say why. */
    public static final int MAX_REASON = 500;

    private RequiredText() {}

    /**
     * One line of text that can be printed.
     *
     * @throws InvalidField naming the field
     */
    public static String line(String field, String text, int maxLength) {
        if (text.isBlank() || text.length() > maxLength || !PlainText.isPlain(text)) {
            throw new InvalidField(
                    field, "must be 1 to %d characters on one line, without control characters".formatted(maxLength));
        }
        return text;
    }
}
