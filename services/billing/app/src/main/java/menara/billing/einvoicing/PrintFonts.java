package menara.billing.einvoicing;

import java.io.IOException;
import java.text.Bidi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.openpdf.text.Chunk;
import org.openpdf.text.Font;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.GlyphLayoutFontManager;
import org.openpdf.text.pdf.GlyphLayoutManager;

/**
 * The fonts of printed documents (Noto, SIL Open Font License), each embedded in what it sets. Letters are joined, kerned and ordered by the
 * platform's layout engine from the tables of the fonts themselves.
 */
final class PrintFonts {

    private static final PrintFonts LOADED = new PrintFonts();

    /** Distance of lines by their size. */
    private static final float LEADING = 1.35f;

    private final GlyphLayoutFontManager manager = new GlyphLayoutFontManager();
    private final Map<String, BaseFont> faces = new ConcurrentHashMap<>();

    /** How text is set. */
    enum Style {
        PLAIN(9, false),
        SMALL(7, false),
        BOLD(9, true),
        TITLE(18, true);

        private final float size;
        private final boolean heavy;

        Style(float size, boolean heavy) {
            this.size = size;
            this.heavy = heavy;
        }
    }

    /** What a document needs that is set in these fonts; one for each document. What is drawn can be searched and copied as it was written. */
    static GlyphLayoutManager layout() {
        return new GlyphLayoutManager(LOADED.manager).setWriteActualText(true);
    }

    /** Whether the text, or a part of it, is written from right to left. */
    static boolean isRightToLeft(String text) {
        return Bidi.requiresBidi(text.toCharArray(), 0, text.length());
    }

    /** The first character that no font has; empty if the text can be set. */
    static OptionalInt missing(String text) {
        var faces = LOADED.faces(text, Style.PLAIN);
        return text.codePoints()
                .filter(character -> character != ' ')
                .filter(character -> faces.stream().noneMatch(face -> face.charExists(character)))
                .findFirst();
    }

    /** The text in as many pieces as it needs fonts, as they stand on the line from left to right. */
    static Phrase phrase(String text, Style style) {
        var phrase = new Phrase();
        phrase.setLeading(style.size * LEADING);
        for (var piece : inOrder(pieces(text, LOADED.faces(text, style)))) {
            phrase.add(new Chunk(piece.text(), new Font(piece.face(), style.size)));
        }
        return phrase;
    }

    private record Piece(String text, BaseFont face) {}

    private static List<Piece> pieces(String text, List<BaseFont> faces) {
        var pieces = new ArrayList<Piece>();
        int begin = 0;
        var face = faces.getFirst();
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            var next = face(text.codePointAt(at), faces, face);
            if (!next.equals(face) && at > begin) {
                pieces.add(new Piece(text.substring(begin, at), face));
                begin = at;
            }
            face = next;
        }
        pieces.add(new Piece(text.substring(begin), face));
        return pieces;
    }

    /** Spaces stay in the font of what they follow, so that a line of one script is one piece. */
    private static BaseFont face(int character, List<BaseFont> faces, BaseFont before) {
        if (Character.isWhitespace(character) && before.charExists(character)) {
            return before;
        }
        return faces.stream()
                .filter(face -> face.charExists(character))
                .findFirst()
                .orElse(before);
    }

    /** Within a piece the layout engine orders the letters; pieces of a line that runs from right to left are ordered here. */
    private static List<Piece> inOrder(List<Piece> pieces) {
        if (pieces.size() == 1) {
            return pieces;
        }
        var line = pieces.stream().map(Piece::text).collect(Collectors.joining());
        var bidi = new Bidi(line, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
        var levels = new byte[pieces.size()];
        int at = 0;
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) bidi.getLevelAt(at);
            at += pieces.get(i).text().length();
        }
        var ordered = pieces.toArray(Piece[]::new);
        Bidi.reorderVisually(levels, 0, ordered, 0, ordered.length);
        return List.of(ordered);
    }

    /** The Arabic faces have Latin letters too, so that a mixed line is ordered as a whole. */
    private List<BaseFont> faces(String text, Style style) {
        var weight = style.heavy ? "Bold" : "Regular";
        var latin = face("NotoSans-%s.ttf".formatted(weight));
        var korean = face("NotoSansKR-Regular.ttf");
        return isRightToLeft(text)
                ? List.of(face("NotoSansArabic-%s.ttf".formatted(weight)), latin, korean)
                : List.of(latin, korean);
    }

    private BaseFont face(String file) {
        return faces.computeIfAbsent(file, name -> {
            try (var stream = PrintFonts.class.getResourceAsStream("/fonts/" + name)) {
                if (stream == null) {
                    throw new IllegalStateException("font %s is missing".formatted(name));
                }
                return manager.loadFont(
                                name, stream, Style.PLAIN.size, new GlyphLayoutFontManager.FontOptions().setKerningOn())
                        .getBaseFont();
            } catch (IOException | GlyphLayoutFontManager.FontLoadException e) {
                throw new IllegalStateException("font %s cannot be read".formatted(name), e);
            }
        });
    }
}
