package menara.gateway.edge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The letters of paths and queries (RFC 3986): which of them have one spelling only. */
final class PlainUri {

    private static final int ENCODED_LENGTH = 3;
    private static final List<String> NO_SEGMENTS = List.of(".", "..");
    private static final String UNRESERVED_MARKS = "-._~";

    private PlainUri() {}

    /**
     * Percent-encoding a letter, digit or unreserved mark makes an equivalent path (RFC 3986 section 6.2.2.2), so it is a second spelling;
     * an encoded slash, backslash, semicolon or percent sign is read as one thing by some and as another by others.
     */
    static boolean isPath(String path) {
        return path.startsWith("/")
                && !path.contains("//")
                && Arrays.stream(path.split("/")).noneMatch(NO_SEGMENTS::contains)
                && path.chars().allMatch(letter -> letter > ' ' && letter < 0x7f && letter != ';' && letter != '\\')
                && text(path, true).isPresent();
    }

    static boolean isQuery(String query) {
        // Servers fail on a value without a name.
        return text(query, false).isPresent() && !query.startsWith("=") && !query.contains("&=");
    }

    /** The decoded text, if it is printable. */
    private static Optional<String> text(String encoded, boolean asPath) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char letter = encoded.charAt(i);
            if (letter != '%') {
                bytes.writeBytes(String.valueOf(letter).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            int value = octet(encoded, i);
            if (value < 0 || (asPath && hasAnotherSpelling(value))) {
                return Optional.empty();
            }
            bytes.write(value);
            i += ENCODED_LENGTH - 1;
        }
        return utf8(bytes.toByteArray()).filter(PlainUri::isPrintable);
    }

    private static int octet(String encoded, int at) {
        return at + ENCODED_LENGTH <= encoded.length()
                        && HexFormat.isHexDigit(encoded.charAt(at + 1))
                        && HexFormat.isHexDigit(encoded.charAt(at + 2))
                ? HexFormat.fromHexDigits(encoded, at + 1, at + ENCODED_LENGTH)
                : -1;
    }

    private static boolean hasAnotherSpelling(int octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || UNRESERVED_MARKS.indexOf(octet) >= 0
                || "/\\;%".indexOf(octet) >= 0;
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    private static boolean isPrintable(String text) {
        return text.codePoints().allMatch(letter -> Character.isDefined(letter) && !Character.isISOControl(letter));
    }
}
