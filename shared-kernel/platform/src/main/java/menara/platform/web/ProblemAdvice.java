package menara.platform.web;

import java.util.List;
import menara.eventstore.spring.command.TooContended;
import menara.platform.web.Problems.FieldError;
import menara.platform.web.Years.OutsideYears;
import menara.values.CurrencyMismatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Maps every error to a problem, once. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ProblemDetail refused(Refusal refusal) {
        var detail = String.valueOf(refusal.getMessage());
        return switch (refusal) {
            case InvalidField invalid -> Problems.invalid(invalid.errors());
            case RuleViolated violated -> Problems.violated(violated.rule(), detail);
            case NotYet early -> Problems.violated(early.rule(), detail);
            case NotFound _ -> Problems.of(HttpStatus.NOT_FOUND, detail);
            case StaleEdit _ -> Problems.of(HttpStatus.PRECONDITION_FAILED, detail);
        };
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> early(NotYet early) {
        return ResponseEntity.status(HttpStatus.CONFLICT)
                .header(HttpHeaders.RETRY_AFTER, Integer.toString(NotYet.RETRY_AFTER_SECONDS))
                .body(refused(early));
    }

    @ExceptionHandler
    ProblemDetail mixed(CurrencyMismatch mismatch) {
        return Problems.violated("currency-mismatch", String.valueOf(mismatch.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> contended(TooContended contended) {
        var problem =
                Problems.of(HttpStatus.SERVICE_UNAVAILABLE, "too-contended", String.valueOf(contended.getMessage()));
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(BodyRefused refused) {
        var answer = ResponseEntity.status(refused.problem().getStatus()).header(HttpHeaders.CONNECTION, "close");
        if (refused.isBusy()) {
            answer.header(HttpHeaders.RETRY_AFTER, BodyRefused.RETRY_AFTER_SECONDS);
        }
        return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(refused.problem());
    }

    @ExceptionHandler
    ProblemDetail mistyped(MethodArgumentTypeMismatchException mismatch) {
        var wanted = mismatch.getParameter().nestedIfOptional().getNestedParameterType();
        return Problems.invalid(List.of(new FieldError(mismatch.getName(), why(mismatch, wanted))));
    }

    /** The rule of a name or of a date speaks better than the form of all. */
    private static String why(MethodArgumentTypeMismatchException mismatch, Class<?> wanted) {
        var cause = mismatch.getMostSpecificCause();
        var rule = cause.getMessage();
        return (TypedIdConverters.isName(wanted) || cause instanceof OutsideYears) && rule != null
                ? rule
                : WantedForm.instead(mismatch.getValue(), wanted);
    }

    /** Spring Security answers these itself; here they only pass through. */
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void leaveToSecurity(RuntimeException e) {
        throw e;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> fault(Exception fault) {
        return StoreFaults.in(fault).map(ProblemAdvice::unavailable).orElseGet(() -> {
            LOG.error("a request failed", fault);
            return ResponseEntity.internalServerError()
                    .body(Problems.of(
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            "the request failed because of a fault on our side; give us the correlation id"));
        });
    }

    private static ResponseEntity<ProblemDetail> unavailable(RuntimeException fault) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, StoreFaults.RETRY_AFTER_SECONDS)
                .body(StoreFaults.problem(fault));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        var error = unreadable.getCause() instanceof JacksonException cause
                ? UnreadableJson.fieldError(cause)
                : new FieldError("", "the body is missing or cannot be read");
        return ResponseEntity.badRequest().body(Problems.invalid(List.of(error)));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = invalid.getBindingResult().getFieldErrors().stream()
                .map(error -> new FieldError(error.getField(), String.valueOf(error.getDefaultMessage())))
                .toList();
        return ResponseEntity.badRequest()
                .body(Problems.invalid(errors.isEmpty() ? List.of(new FieldError("", "is not valid")) : errors));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return ResponseEntity.badRequest()
                .body(Problems.invalid(List.of(new FieldError(missing.getParameterName(), "is needed"))));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var known = HttpStatus.resolve(status.value());
        var detail = body instanceof ProblemDetail problem && problem.getDetail() != null
                ? problem.getDetail()
                : "the request cannot be served";
        var problem = Problems.of(known == null ? HttpStatus.BAD_REQUEST : known, detail);
        return ResponseEntity.status(status).headers(headers).body(problem);
    }
}
