package menara.values;

/**
 * Text as people write it: names, reasons, products. Characters that cannot be printed, or that make a line look like another, are refused:
 * a control character in a product would keep an invoice from being issued, and half a surrogate pair would be stored as a question mark.
 */
public final class PlainText {

    private static final String INSTEAD = "\uFFFD";

    private PlainText() {}

    /**
     * @param text on one line
     * @param what the text is, for the message
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

    /** Whether it is well-formed text on one line. */
    public static boolean isPlain(String text) {
        return isPrintableAscii(text) || text.codePoints().noneMatch(PlainText::isRefused);
    }

    /** Plain ASCII, as nearly all texts of machines, which needs no closer check. */
    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Whether it is well-formed text; it may have several lines. */
    public static boolean isWellFormed(String text) {
        return text.codePoints()
                .noneMatch(point -> isRefused(point) && point != '\n' && point != '\r' && point != '\t');
    }

    /** A printable form of any text: refused characters replaced, cut off after {@code maxLength}. */
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
