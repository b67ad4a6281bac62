package menara.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import menara.values.PlainText;
import menara.values.refusals.InvalidField.FieldError;
import org.jspecify.annotations.Nullable;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Refuses requests that no later reader could parse: a query that is not percent-encoded printable UTF-8, an invalid media type. Here it is
 * a 400 that names the place; later it would look like a fault of the service. Paths need no such check: one that cannot be parsed matches
 * no route.
 */
final class RequestFormFilter extends OncePerRequestFilter {

    private static final int MAX_SHOWN = 40;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var error = query(request.getQueryString())
                .or(() -> mediaTypes("Content-Type", request.getHeader("Content-Type")))
                .or(() -> mediaTypes("Accept", request.getHeader("Accept")));
        if (error.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Problem.invalid(List.of(error.get())).writeTo(response);
    }

    private static Optional<FieldError> query(@Nullable String query) {
        if (query == null) {
            return Optional.empty();
        }
        for (var part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            var name = decoded(equals < 0 ? part : part.substring(0, equals));
            if (name.isEmpty()) {
                return Optional.of(new FieldError(
                        PlainText.shown(part, MAX_SHOWN),
                        "is not a name: letters in UTF-8, others as % and two hexadecimal digits"));
            }
            if (equals >= 0 && decoded(part.substring(equals + 1)).isEmpty()) {
                return Optional.of(new FieldError(
                        PlainText.shown(name.get(), MAX_SHOWN),
                        "must be printable text in UTF-8, others as % and two hexadecimal digits"));
            }
        }
        return Optional.empty();
    }

    /** Empty if it cannot be decoded to text that can be printed. */
    private static Optional<String> decoded(String text) {
        try {
            // Each % becomes a byte, first read as a character of its own, so that broken UTF-8 is detected and not
            // replaced.
            var bytes = UriUtils.decode(text.replace('+', ' '), StandardCharsets.ISO_8859_1)
                    .getBytes(StandardCharsets.ISO_8859_1);
            var decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(decoded).filter(PlainText::isWellFormed);
        } catch (CharacterCodingException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<FieldError> mediaTypes(String header, @Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            MimeTypeUtils.parseMimeTypes(value);
            return Optional.empty();
        } catch (InvalidMimeTypeException _) {
            return Optional.of(new FieldError(header, "must be a media type such as application/json"));
        }
    }
}
