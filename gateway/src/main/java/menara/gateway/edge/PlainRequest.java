package menara.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import menara.platform.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Whether a request is in the one allowed form. Limits, routing and authorization each parse the path; they agree because a path with
 * another spelling never reaches them.
 */
final class PlainRequest {

    /** No route knows more than a dozen; each one costs a parser, a map and a look by the firewall. */
    private static final int MOST_PARAMETERS = 100;

    private PlainRequest() {}

    /** The fault in the form of the request, if any. */
    static Optional<Problem> mistakeIn(HttpServletRequest outside) {
        if (!PlainUri.isPath(outside.getRequestURI())) {
            return Optional.of(malformed(
                    "The path is not in plain form: write letters, digits, '-', '.', '_' and '~' as they are, "
                            + "no empty or dot segments, no ';', and only UTF-8 percent-encoded."));
        }
        String query = outside.getQueryString();
        if (query != null && !PlainUri.isQuery(query)) {
            return Optional.of(malformed("The query is not percent-encoded UTF-8 text without control characters."));
        }
        if (query != null && query.chars().filter(character -> character == '&').count() >= MOST_PARAMETERS) {
            return Optional.of(malformed("The query has more than %d parameters.".formatted(MOST_PARAMETERS)));
        }
        if (!isOfOneType(outside.getContentType())) {
            return Optional.of(Problem.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported-media-type",
                    "The header Content-Type is not a media type; write for example application/json."));
        }
        if (isOptionsWithBodyOfNoType(outside)) {
            return Optional.of(
                    Problem.of(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "unsupported-media-type",
                            "The body of an OPTIONS request needs the header Content-Type; write for example application/json."));
        }
        return isMediaTypes(outside.getHeader(HttpHeaders.ACCEPT))
                ? Optional.empty()
                : Optional.of(Problem.of(
                        HttpStatus.NOT_ACCEPTABLE,
                        "not-acceptable",
                        "The header Accept is not a list of media types; write for example application/json."));
    }

    /** RFC 9110, 9.3.7: such a request must not be sent, so no service would get it. */
    private static boolean isOptionsWithBodyOfNoType(HttpServletRequest outside) {
        return outside.getMethod().equals(HttpMethod.OPTIONS.name())
                && outside.getContentType() == null
                && (outside.getContentLengthLong() > 0 || outside.getHeader(HttpHeaders.TRANSFER_ENCODING) != null);
    }

    private static Problem malformed(String detail) {
        return Problem.of(HttpStatus.BAD_REQUEST, "malformed-request", detail);
    }

    /** The type of an existing body: a wildcard is not a type, and readers that take it for one fail. */
    private static boolean isOfOneType(@Nullable String header) {
        return isMediaTypes(header)
                && (header == null || MediaType.parseMediaTypes(header).stream().allMatch(MediaType::isConcrete));
    }

    private static boolean isMediaTypes(@Nullable String header) {
        if (header == null) {
            return true;
        }
        try {
            MediaType.parseMediaTypes(header);
            return true;
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }
}
