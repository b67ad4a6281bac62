package menara.billing.ingestion;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import menara.platform.security.Caller;
import menara.platform.security.Role;
import menara.platform.web.StreamedBody;
import menara.values.refusals.InvalidField;
import menara.values.refusals.RuleViolated;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/** Usage over HTTP: one CloudEvent, a batch of them, or a stream. */
@RestController
@RequestMapping("/api/billing/usage")
class UsageController {

    static final int MAX_BATCH = 1_000;
    static final int MAX_BODY_BYTES = 2 * 1024 * 1024;

    private final UsageIngestion ingestion;

    UsageController(UsageIngestion ingestion) {
        this.ingestion = ingestion;
    }

    @PostMapping(consumes = "application/cloudevents-batch+json")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/cloudevents-batch+json",
                            array =
                                    @ArraySchema(
                                            maxItems = MAX_BATCH,
                                            schema = @Schema(implementation = ReportedUsage.class))))
    UsageIngestion.Result ingestBatch(
            HttpServletRequest request, @RequestParam(defaultValue = "false") boolean backfill, Caller caller)
            throws IOException {
        requireRight(backfill, caller);
        var events = parse(() -> UsageJson.batch(new ByteArrayInputStream(body(request)), MAX_BATCH));
        if (events.size() > MAX_BATCH) {
            throw tooLarge("a batch holds at most %d events; send it in parts".formatted(MAX_BATCH));
        }
        return ingestion.ingest(events, backfill, Reporter.of(caller));
    }

    @PostMapping(consumes = "application/cloudevents+json")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/cloudevents+json",
                            schema = @Schema(implementation = ReportedUsage.class)))
    UsageIngestion.Result ingestOne(
            HttpServletRequest request, @RequestParam(defaultValue = "false") boolean backfill, Caller caller)
            throws IOException {
        requireRight(backfill, caller);
        var result =
                ingestion.ingest(List.of(parse(() -> UsageJson.event(body(request)))), backfill, Reporter.of(caller));
        if (!result.rejected().isEmpty()) {
            var refused = result.rejected().getFirst();
            throw new InvalidField(refused.field(), refused.detail());
        }
        if (!result.conflicts().isEmpty()) {
            throw new RuleViolated(
                    "usage-event-conflict", result.conflicts().getFirst().detail());
        }
        return result;
    }

    /** NDJSON, one event a line, up to 16 MB: ingested by the thousand lines. Events before a broken line stay ingested. */
    @PostMapping(consumes = "application/x-ndjson")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/x-ndjson",
                            schema = @Schema(implementation = ReportedUsage.class, description = "on each line")))
    UsageIngestion.Result ingestStream(
            HttpServletRequest request, @RequestParam(defaultValue = "false") boolean backfill, Caller caller)
            throws IOException {
        requireRight(backfill, caller);
        return new UsageStream(ingestion, backfill, Reporter.of(caller), () -> StreamedBody.forget(request))
                .ingest(request.getInputStream());
    }

    private static void requireRight(boolean backfill, Caller caller) {
        if (backfill && !caller.is(Role.USAGE_BACKFILL)) {
            throw new AccessDeniedException("backfill needs the role usage-backfill");
        }
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            throw tooLarge("a request holds at most %d bytes; send the batch in parts".formatted(MAX_BODY_BYTES));
        }
        return body;
    }

    private interface Parsing<T> {
        T parse() throws IOException;
    }

    private static <T> T parse(Parsing<T> parsing) throws IOException {
        try {
            return parsing.parse();
        } catch (StreamConstraintsException e) {
            throw tooLarge("a request holds at most %d events of %d fields and values; send the batch in parts"
                    .formatted(MAX_BATCH, UsageJson.MAX_TOKENS_OF_EVENT));
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new InvalidField(
                    "",
                    at == null
                            ? "is not JSON that says each field once"
                            : "is not JSON that says each field once, at line %d, column %d"
                                    .formatted(at.getLineNr(), at.getColumnNr()));
        }
    }

    private static ErrorResponseException tooLarge(String detail) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONTENT_TOO_LARGE, detail);
        problem.setType(URI.create("urn:menara:problem:too-large"));
        problem.setTitle("Too large");
        return new ErrorResponseException(HttpStatus.CONTENT_TOO_LARGE, problem, null);
    }
}
