package menara.billing.metering;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import menara.billing.contracts.Contracts;
import menara.platform.security.Caller;
import menara.platform.security.Role;
import menara.platform.web.InvalidField;
import menara.platform.web.NotFound;
import menara.platform.web.RuleViolated;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/billing/usage")
class UsageEndpoint {

    static final int MAX_BATCH = 1_000;
    static final int MAX_BODY_BYTES = 2 * 1024 * 1024;

    private final UsageIntake intake;
    private final UsageStories stories;
    private final Contracts contracts;
    private final ObjectReader json;

    UsageEndpoint(UsageIntake intake, UsageStories stories, Contracts contracts, JsonMapper mapper) {
        this.intake = intake;
        this.stories = stories;
        this.contracts = contracts;
        // One field given twice would be read by some as the first and by others as the last value.
        this.json = mapper.readerFor(JsonNode.class)
                .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    @PostMapping(consumes = "application/cloudevents-batch+json")
    UsageIntake.Result takeBatch(
            HttpServletRequest request, @RequestParam(defaultValue = "false") boolean backfill, Caller caller)
            throws IOException {
        requireRight(backfill, caller);
        var batch = parse(request);
        if (!batch.isArray()) {
            throw new InvalidField("", "must be a JSON array of CloudEvents");
        }
        if (batch.size() > MAX_BATCH) {
            throw tooLarge("a batch holds at most %d events, this one %d; send it in parts"
                    .formatted(MAX_BATCH, batch.size()));
        }
        var events = new ArrayList<JsonNode>(batch.size());
        batch.forEach(events::add);
        return intake.take(events, backfill);
    }

    @PostMapping(consumes = "application/cloudevents+json")
    UsageIntake.Result takeOne(
            HttpServletRequest request, @RequestParam(defaultValue = "false") boolean backfill, Caller caller)
            throws IOException {
        requireRight(backfill, caller);
        var result = intake.take(List.of(parse(request)), backfill);
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

    /** NDJSON, one event a line, of any length: taken in by the {@value #MAX_BATCH} lines, so that memory stays bounded. */
    @PostMapping(consumes = "application/x-ndjson")
    UsageIntake.Result takeStream(
            HttpServletRequest request, @RequestParam(defaultValue = "false") boolean backfill, Caller caller)
            throws IOException {
        requireRight(backfill, caller);
        return new UsageStream(intake, json, backfill).take(request.getInputStream());
    }

    @GetMapping("/events")
    UsageStories.Story event(@RequestParam String source, @RequestParam String id, Caller caller) {
        var key = new UsageKey(source, id);
        return stories.of(key)
                .filter(story -> story.contract() == null
                        ? caller.tenant().isEmpty() && caller.partner().isEmpty()
                        : contracts
                                .find(story.contract())
                                .filter(contract -> caller.maySee(contract.tenant()))
                                .isPresent())
                .orElseThrow(() -> new NotFound("usage event", key.text()));
    }

    private static void requireRight(boolean backfill, Caller caller) {
        if (backfill && !caller.is(Role.USAGE_BACKFILL)) {
            throw new AccessDeniedException("backfill needs the role usage-backfill");
        }
    }

    private JsonNode parse(HttpServletRequest request) throws IOException {
        // Counted here too: a chunked body announces no length that could be refused before.
        byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            throw tooLarge("a request holds at most %d bytes; send the batch in parts".formatted(MAX_BODY_BYTES));
        }
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new InvalidField(
                    "",
                    at == null
                            ? "is not JSON"
                            : "is not JSON at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()));
        }
    }

    private static ErrorResponseException tooLarge(String detail) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONTENT_TOO_LARGE, detail);
        problem.setType(URI.create("urn:menara:problem:too-large"));
        problem.setTitle("Too large");
        return new ErrorResponseException(HttpStatus.CONTENT_TOO_LARGE, problem, null);
    }
}
