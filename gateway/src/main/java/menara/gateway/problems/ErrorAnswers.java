package menara.gateway.problems;

import menara.platform.web.Problem;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Spring's own refusals (no such path, wrong method) and whatever a handler throws, as problems without internals. */
@RestControllerAdvice
class ErrorAnswers extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    /** The request cannot be parsed. A filter refuses most such requests; this covers the parts that only a handler reads. */
    @ExceptionHandler({
        RequestRejectedException.class,
        InvalidMimeTypeException.class,
        InvalidMediaTypeException.class,
        InvalidParameterException.class,
        MultipartException.class
    })
    ResponseEntity<Object> unreadable() {
        return Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "malformed-request",
                        "A header, a parameter or the form of the body cannot be read.")
                .entity();
    }

    /** The last resort: the log has the cause, the client has the correlation id. */
    @ExceptionHandler(RuntimeException.class)
    ResponseEntity<Object> unexpected(RuntimeException cause) {
        LOG.error("request failed unexpectedly", cause);
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, new HttpHeaders());
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception cause,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode statusCode,
            WebRequest request) {
        HttpStatus status = HttpStatus.resolve(statusCode.value());
        return answer(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status, headers);
    }

    private static ResponseEntity<Object> answer(HttpStatus status, HttpHeaders headers) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problem.of(status).json());
    }
}
