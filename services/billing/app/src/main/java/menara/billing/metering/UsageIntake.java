package menara.billing.metering;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import menara.billing.contracts.Contracts;
import menara.platform.time.IdFactory;
import menara.platform.web.InvalidField;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Sorts what is sent into usage that counts and items refused, each with its reason. */
@Component
class UsageIntake {

    private static final int MAX_TEXT_SHOWN = 256;

    private final Contracts contracts;
    private final UsageJournal journal;
    private final IdFactory ids;
    private final Clock clock;

    UsageIntake(Contracts contracts, UsageJournal journal, IdFactory ids, Clock clock) {
        this.contracts = contracts;
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param accepted events that now count
     * @param duplicates events that counted before, with the same content
     * @param rejected items that cannot count
     * @param conflicts items whose identity counts already with another content, which stands
     */
    record Result(int accepted, int duplicates, List<Refused> rejected, List<Refused> conflicts) {}

    /**
     * @param index place in the batch, from 0
     * @param id the event's id as far as it could be read, else empty
     * @param source likewise
     * @param field what is wrong, a JSON path inside the event
     * @param detail how to mend it
     */
    record Refused(int index, String id, String source, String field, String detail) {}

    private record Candidate(int index, UsageEvent event, Optional<Instant> time) {}

    Result take(List<JsonNode> events, boolean backfill) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var rejected = new ArrayList<Refused>();
        var candidates = read(events, rejected);
        var known = contracts.find(candidates.stream()
                .map(candidate -> candidate.event().contract())
                .collect(Collectors.toSet()));
        var counted = new ArrayList<Candidate>();
        var items = new ArrayList<UsageBatch.Item>();
        for (var candidate : candidates) {
            var event = candidate.event();
            var contract = known.get(event.contract());
            try {
                UsageRules.check(event, candidate.time(), contract, now, backfill);
                if (contract != null) {
                    counted.add(candidate);
                    items.add(new UsageBatch.Item(event, contract.timeZone()));
                }
            } catch (InvalidField refusal) {
                rejected.add(refused(candidate, refusal.field(), message(refusal)));
            }
        }
        rejected.sort(Comparator.comparingInt(Refused::index));
        if (items.isEmpty()) {
            return new Result(0, 0, rejected, List.of());
        }
        return result(journal.take(new UsageBatch(ids.next(), now, items)), counted, rejected);
    }

    private static List<Candidate> read(List<JsonNode> events, List<Refused> rejected) {
        var candidates = new ArrayList<Candidate>(events.size());
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            try {
                candidates.add(new Candidate(i, UsageEventReader.read(event), UsageEventReader.time(event)));
            } catch (InvalidField refusal) {
                rejected.add(
                        new Refused(i, shown(event, "id"), shown(event, "source"), refusal.field(), message(refusal)));
            }
        }
        return candidates;
    }

    private static Result result(
            List<UsageRegister.Verdict> verdicts, List<Candidate> counted, List<Refused> rejected) {
        int accepted = 0;
        int duplicates = 0;
        var conflicts = new ArrayList<Refused>();
        for (int i = 0; i < verdicts.size(); i++) {
            switch (verdicts.get(i)) {
                case ACCEPTED -> accepted++;
                case DUPLICATE -> duplicates++;
                case CONFLICT ->
                    conflicts.add(refused(
                            counted.get(i),
                            "data",
                            "an event of this source and id came before with other content, which stands"));
            }
        }
        return new Result(accepted, duplicates, rejected, conflicts);
    }

    private static Refused refused(Candidate candidate, String field, String detail) {
        var key = candidate.event().key();
        return new Refused(candidate.index(), key.id(), key.source(), field, detail);
    }

    private static String shown(JsonNode event, String name) {
        var node = event.get(name);
        var text = node != null && node.isString() ? node.stringValue() : "";
        return text.length() <= MAX_TEXT_SHOWN ? text : text.substring(0, MAX_TEXT_SHOWN);
    }

    private static String message(InvalidField refusal) {
        return Objects.requireNonNullElse(refusal.getMessage(), "cannot be used");
    }
}
