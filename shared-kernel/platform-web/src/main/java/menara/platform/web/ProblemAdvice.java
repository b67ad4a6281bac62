package menara.platform.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
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
            case InvalidField invalid -> answer(Problem.invalid(invalid.errors()));
            case RuleViolated violated -> answer(Problem.violated(violated.rule(), detail));
            case NotYet early -> answer(Problem.violated(early.rule(), detail).retryAfter(HEARSAY));
            case NotFound _ -> answer(Problem.of(HttpStatus.NOT_FOUND, detail));
        };
    }

    @ExceptionHandler
    ResponseEntity<Object> mixed(CurrencyMismatch mismatch) {
        return answer(Problem.violated("currency-mismatch", String.valueOf(mismatch.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(BodyRefused refused) {
        return answer(refused.problem());
    }

    @ExceptionHandler
    ResponseEntity<Object> mistyped(MethodArgumentTypeMismatchException mismatch) {
        var wanted = mismatch.getParameter().nestedIfOptional().getNestedParameterType();
        return answer(Problem.invalid(List.of(new FieldError(mismatch.getName(), why(mismatch, wanted)))));
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
        return answer(temporary.stream()
                .flatMap(kind -> kind.answerTo(fault).stream())
                .findFirst()
                .orElseGet(() -> {
                    LOG.error("a request failed", fault);
                    return Problem.of(
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            "the request failed because of a fault on our side; give us the correlation id");
                }));
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
        return answer(Problem.invalid(List.of(error)));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(Problem.invalid(List.of(new FieldError(missing.getParameterName(), "is needed"))));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var told = body == null && e instanceof ErrorResponse response ? response.getBody() : body;
        var known = Optional.ofNullable(HttpStatus.resolve(status.value())).orElse(HttpStatus.BAD_REQUEST);
        var problem = told instanceof ProblemDetail detail
                ? Problem.named(detail).orElseGet(() -> Problem.of(known, Problem.detail(detail)))
                : Problem.of(known, Problem.UNSAID);
        var answer = answer(problem);
        return ResponseEntity.status(status)
                .headers(headers)
                .headers(answer.getHeaders())
                .body(answer.getBody());
    }

    /** RFC 9457 lets a problem say which request it is of. */
    private static ResponseEntity<Object> answer(Problem problem) {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                ? problem.at(current.getRequest().getRequestURI()).entity()
                : problem.entity();
    }
}
