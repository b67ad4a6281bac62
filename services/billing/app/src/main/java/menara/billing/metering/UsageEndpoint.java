package menara.billing.metering;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import menara.billing.catalogue.Meter;
import menara.billing.contracts.Contracts;
import menara.platform.security.Caller;
import menara.platform.security.Role;
import menara.platform.web.InvalidField;
import menara.platform.web.NotFound;
import menara.platform.web.RuleViolated;
import menara.values.ContractId;
import menara.values.Period;
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
    private final UsageRegister register;
    private final Contracts contracts;
    private final ObjectReader json;

    UsageEndpoint(UsageIntake intake, UsageRegister register, Contracts contracts, JsonMapper mapper) {
        this.intake = intake;
        this.register = register;
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

    /**
     * What became of an event.
     *
     * @param receivedAt when it was received
     * @param firstHour start of the first hour it counts in
     * @param lastHour start of the last hour it counts in
     * @param conflicts other contents refused under the same identity, the first ones
     */
    record EventStory(
            String source,
            String id,
            String outcome,
            ContractId contract,
            Meter meter,
            Period period,
            long milliGpus,
            Instant receivedAt,
            Instant firstHour,
            Instant lastHour,
            List<RefusedContent> conflicts) {}

    record RefusedContent(ContractId contract, Period period, long milliGpus, Instant receivedAt) {}

    @GetMapping("/events")
    EventStory event(@RequestParam String source, @RequestParam String id, Caller caller) {
        var key = new UsageKey(source, id);
        return register.find(key)
                .filter(found -> contracts
                        .find(found.counted().event().contract())
                        .filter(contract -> caller.maySee(contract.tenant()))
                        .isPresent())
                .map(found -> story(key, found))
                .orElseThrow(() -> new NotFound("usage event", key.text()));
    }

    private static EventStory story(UsageKey key, UsageRegister.Registered found) {
        var event = found.counted().event();
        var zone = found.counted().zone();
        return new EventStory(
                key.source(),
                key.id(),
                "accepted",
                event.contract(),
                event.meter(),
                event.period(),
                event.milliGpus(),
                found.receivedAt(),
                HourWindows.startOf(event.period().from(), zone),
                HourWindows.startOf(event.period().until().minusMillis(1), zone),
                found.conflicts().stream()
                        .map(refused -> new RefusedContent(
                                refused.event().contract(),
                                refused.event().period(),
                                refused.event().milliGpus(),
                                refused.receivedAt()))
                        .toList());
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
