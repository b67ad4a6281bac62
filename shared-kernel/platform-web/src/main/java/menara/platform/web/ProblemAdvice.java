package menara.platform.web;

import java.time.Duration;
import java.util.List;
import menara.platform.web.Years.OutsideYears;
import menara.values.CurrencyMismatch;
import menara.values.refusals.InvalidField;
import menara.values.refusals.InvalidField.FieldError;
import menara.values.refusals.NotFound;
import menara.values.refusals.NotYet;
import menara.values.refusals.Refusal;
import menara.values.refusals.RuleViolated;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
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

    /** Enough time for one service to read what another recorded. */
    private static final Duration HEARSAY = Duration.ofSeconds(2);

    private final ObjectProvider<TemporaryFaults> temporary;

    ProblemAdvice(ObjectProvider<TemporaryFaults> temporary) {
        this.temporary = temporary;
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(Refusal refusal) {
        var detail = String.valueOf(refusal.getMessage());
        return switch (refusal) {
            case InvalidField invalid -> Problem.invalid(invalid.errors()).entity();
            case RuleViolated violated ->
                Problem.violated(violated.rule(), detail).entity();
            case NotYet early ->
                Problem.violated(early.rule(), detail).retryAfter(HEARSAY).entity();
            case NotFound _ -> Problem.of(HttpStatus.NOT_FOUND, detail).entity();
        };
    }

    @ExceptionHandler
    ResponseEntity<Object> mixed(CurrencyMismatch mismatch) {
        return Problem.violated("currency-mismatch", String.valueOf(mismatch.getMessage()))
                .entity();
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(BodyRefused refused) {
        return refused.problem().entity();
    }

    @ExceptionHandler
    ResponseEntity<Object> mistyped(MethodArgumentTypeMismatchException mismatch) {
        var wanted = mismatch.getParameter().nestedIfOptional().getNestedParameterType();
        return Problem.invalid(List.of(new FieldError(mismatch.getName(), why(mismatch, wanted))))
                .entity();
    }

    /** The message of a specific rule is clearer than the general one. */
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
    ResponseEntity<Object> fault(Exception fault) {
        return temporary.stream()
                .flatMap(kind -> kind.answerTo(fault).stream())
                .findFirst()
                .orElseGet(() -> {
                    LOG.error("a request failed", fault);
                    return Problem.of(
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            "the request failed because of a fault on our side; give us the correlation id");
                })
                .entity();
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
        return Problem.invalid(List.of(error)).entity();
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = invalid.getBindingResult().getFieldErrors().stream()
                .map(error -> new FieldError(error.getField(), String.valueOf(error.getDefaultMessage())))
                .toList();
        return Problem.invalid(errors.isEmpty() ? List.of(new FieldError("", "is not valid")) : errors)
                .entity();
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return Problem.invalid(List.of(new FieldError(missing.getParameterName(), "is needed")))
                .entity();
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var known = HttpStatus.resolve(status.value());
        var detail = body instanceof ProblemDetail problem && problem.getDetail() != null
                ? problem.getDetail()
                : "the request cannot be served";
        var answer = Problem.of(known == null ? HttpStatus.BAD_REQUEST : known, detail);
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(answer.json());
    }
}
