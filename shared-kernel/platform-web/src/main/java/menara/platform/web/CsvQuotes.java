package menara.platform.web;

import menara.values.refusals.InvalidField;

/**
 * Quotes as RFC 4180 has them: around a whole cell, and doubled within. The parser is more lenient and would read cells that were not
 * meant.
 */
final class CsvQuotes {

    private enum Place {
        CELL_BEGINS,
        PLAIN,
        QUOTED,
        AFTER_QUOTE
    }

    private CsvQuotes() {}

    /** @throws InvalidField naming the line of the first quote that is out of place */
    static void check(String text) {
        var place = Place.CELL_BEGINS;
        int line = 1;
        int opened = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            place = switch (place) {
                case CELL_BEGINS -> {
                    opened = line;
                    yield c == '"' ? Place.QUOTED : isEnd(c) ? Place.CELL_BEGINS : Place.PLAIN;
                }
                case PLAIN -> {
                    if (c == '"') {
                        throw invalid(
                                line, "a cell with a quote in it is not in quotes; quote it, and double the quote");
                    }
                    yield isEnd(c) ? Place.CELL_BEGINS : Place.PLAIN;
                }
                case QUOTED -> c == '"' ? Place.AFTER_QUOTE : Place.QUOTED;
                case AFTER_QUOTE -> {
                    if (c != '"' && !isEnd(c)) {
                        throw invalid(
                                line,
                                "after the quote that closes a cell comes \"%s\"; a comma or the end of the line is wanted"
                                        .formatted(c));
                    }
                    yield c == '"' ? Place.QUOTED : Place.CELL_BEGINS;
                }
            };
            if (c == '\n' || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'))) {
                line++;
            }
        }
        if (place == Place.QUOTED) {
            throw invalid(opened, "a quoted cell that begins here does not end");
        }
    }

    private static boolean isEnd(char c) {
        return c == ',' || c == '\r' || c == '\n';
    }

    private static InvalidField invalid(int line, String detail) {
        return new InvalidField("line " + line, detail);
    }
}
