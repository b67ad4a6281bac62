package menara.values;

/**
 * Text as people write it: names, reasons, products. What cannot be printed, or makes a line look like another, is none: a control character
 * in a product would keep an invoice from ever being issued, half a surrogate pair turns into a question mark when it is stored.
 */
public final class PlainText {

    private static final String INSTEAD = "\uFFFD";

    private PlainText() {}

    /**
     * @param text on one line
     * @param what is called so, for the message
     * @return the text
     * @throws IllegalArgumentException if a character of it is refused
     */
    public static String require(String text, String what) {
        if (!isPlain(text)) {
            throw new IllegalArgumentException(
                    "%s must not contain control characters, line breaks or broken characters".formatted(what));
        }
        return text;
    }

    /** Whether that is well-formed text on one line. */
    public static boolean isPlain(String text) {
        return isPrintableAscii(text) || text.codePoints().noneMatch(PlainText::isRefused);
    }

    /** As nearly all that machines send, which is looked at without taking it apart. */
    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Whether that is well-formed text; it may have several lines. */
    public static boolean isWellFormed(String text) {
        return text.codePoints()
                .noneMatch(point -> isRefused(point) && point != '\n' && point != '\r' && point != '\t');
    }

    /** Something that can be shown and written whatever the text is: refused characters replaced, cut off after {@code maxLength}. */
    public static String shown(String text, int maxLength) {
        var shown = new StringBuilder(Math.min(text.length(), maxLength));
        for (int point : text.codePoints().limit(maxLength + 1L).toArray()) {
            if (shown.length() >= maxLength) {
                return shown.append('…').toString();
            }
            if (isRefused(point)) {
                shown.append(INSTEAD);
            } else {
                shown.appendCodePoint(point);
            }
        }
        return shown.toString();
    }

    /** Overrides of the writing direction are refused because a name must read the same everywhere; joiners are needed in Arabic. */
    private static boolean isRefused(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
        };
    }
}
