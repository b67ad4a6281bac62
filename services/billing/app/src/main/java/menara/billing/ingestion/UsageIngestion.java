package menara.billing.ingestion;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import menara.billing.contracts.ContractReadModel;
import menara.billing.metering.UsageMetering;
import menara.billing.meters.MeterReadModel;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageEvent;
import menara.billing.usage.events.UsageKey;
import menara.billing.usage.keys.KnownEvents;
import menara.billing.usage.log.UsageLog;
import menara.billing.usage.log.UsagePartition;
import menara.eventstore.mongodb.machine.Machine;
import menara.values.ContractId;
import menara.values.PlainText;
import menara.values.refusals.InvalidField;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Sorts a batch into usage that counts and refused items, each with its reason. */
@Component
class UsageIngestion {

    private static final int MAX_TEXT_SHOWN = 256;
    private static final int MAX_CONTENT_KEPT = 4_096;

    private final ContractReadModel contracts;
    private final MeterReadModel meters;
    private final UsageBounds bounds;
    private final UsageLog log;
    private final UsageMetering metering;
    private final UsageRefusals refusals;
    private final Clock clock;

    UsageIngestion(
            ContractReadModel contracts,
            MeterReadModel meters,
            UsageBounds bounds,
            UsageLog log,
            UsageMetering metering,
            UsageRefusals refusals,
            Clock clock) {
        this.contracts = contracts;
        this.meters = meters;
        this.bounds = bounds;
        this.log = log;
        this.metering = metering;
        this.refusals = refusals;
        this.clock = clock;
    }

    /**
     * @param accepted events that now count
     * @param duplicates events that counted before, with the same content
     * @param rejected items that cannot count
     * @param conflicts items whose identity already counts with other content, which stands
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

    Result ingest(List<JsonNode> events, boolean backfill, Reporter reporter) {
        long since = Machine.REAL.nanoTime();
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var rejected = new ArrayList<Refused>();
        var candidates = read(events, rejected);
        var accounts = accounts(events, candidates);
        var own = contracts.find(Set.copyOf(accounts.values()));
        // From here on another party's contract is treated as missing: no answer tells the two apart.
        own.values().removeIf(contract -> !reporter.mayReportFor(contract.tenant()));
        var counted = new ArrayList<Candidate>();
        var entries = new ArrayList<UsageEntry>();
        for (var candidate : candidates) {
            var event = candidate.event();
            var contract = own.get(event.contract());
            try {
                if (contract == null) {
                    throw new InvalidField("subject", "must name a contract that you may report usage for");
                }
                UsageRules.check(event, candidate.time(), contract, now, backfill);
                counted.add(candidate);
                entries.add(UsageEntry.of(contract.tenant(), event, contract.timeZone()));
            } catch (InvalidField refusal) {
                rejected.add(refused(candidate, refusal.field(), message(refusal)));
            }
        }
        var wrong = bounds.check(entries, now, since, backfill);
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (wrong.get(i).isPresent()) {
                var refusal = wrong.get(i).get();
                entries.remove(i);
                rejected.add(refused(counted.remove(i), refusal.field(), message(refusal)));
            }
        }
        rejected.sort(Comparator.comparingInt(Refused::index));
        var result = entries.isEmpty()
                ? new Result(0, 0, rejected, List.of())
                : ingest(entries, counted, rejected, now, since);
        Function<Refused, String> partyOf = refused -> Optional.ofNullable(accounts.get(refused.index()))
                .flatMap(account -> Optional.ofNullable(own.get(account)))
                .map(contract -> contract.tenant().value())
                .orElse(reporter.party());
        refusals.add(Stream.concat(
                        refusals("rejected", result.rejected(), events, partyOf, now),
                        refusals("conflict", result.conflicts(), events, partyOf, now))
                .toList());
        return result;
    }

    private Result ingest(
            List<UsageEntry> entries, List<Candidate> counted, List<Refused> rejected, Instant now, long since) {
        var ingested = log.ingest(entries, now, since);
        metering.await(ingested.ends());
        return result(ingested.verdicts(), counted, rejected);
    }

    private static Stream<UsageRefusals.Refused> refusals(
            String outcome,
            List<Refused> refused,
            List<JsonNode> events,
            Function<Refused, String> partyOf,
            Instant now) {
        return refused.stream()
                .filter(one -> !one.id().isEmpty() && !one.source().isEmpty())
                .map(one -> {
                    var content = events.get(one.index()).toString();
                    return new UsageRefusals.Refused(
                            partyOf.apply(one),
                            new UsageKey(one.source(), one.id()),
                            new UsageRefusals.Refusal(
                                    outcome,
                                    one.field(),
                                    one.detail(),
                                    content.substring(0, Math.min(content.length(), MAX_CONTENT_KEPT)),
                                    now));
                });
    }

    /** The contract that each item names, also of those that cannot be read any further. */
    private static Map<Integer, ContractId> accounts(List<JsonNode> events, List<Candidate> read) {
        var accounts = new HashMap<Integer, ContractId>();
        read.forEach(
                candidate -> accounts.put(candidate.index(), candidate.event().contract()));
        for (int i = 0; i < events.size(); i++) {
            if (!accounts.containsKey(i)) {
                int index = i;
                UsageEventReader.account(events.get(i)).ifPresent(account -> accounts.put(index, account));
            }
        }
        return accounts;
    }

    private List<Candidate> read(List<JsonNode> events, List<Refused> rejected) {
        var candidates = new ArrayList<Candidate>(events.size());
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            try {
                candidates.add(
                        new Candidate(i, UsageEventReader.read(event, meters::find), UsageEventReader.time(event)));
            } catch (InvalidField refusal) {
                rejected.add(
                        new Refused(i, shown(event, "id"), shown(event, "source"), refusal.field(), message(refusal)));
            }
        }
        return candidates;
    }

    private static Result result(
            List<UsagePartition.Verdict> verdicts, List<Candidate> counted, List<Refused> rejected) {
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
                case NOTHING_TO_SUPERSEDE ->
                    rejected.add(refused(
                            counted.get(i), "data.supersedes", "there is no event of this id and source to supersede"));
                case RETRACTED ->
                    rejected.add(refused(
                            counted.get(i),
                            "data.supersedes",
                            "the event was retracted; report the usage as a new one"));
                case TOO_OFTEN_CORRECTED ->
                    rejected.add(refused(
                            counted.get(i),
                            "data.supersedes",
                            "the event was corrected more than %d times since; name its last correction"
                                    .formatted(KnownEvents.MAX_SUCCESSION)));
            }
        }
        rejected.sort(Comparator.comparingInt(Refused::index));
        return new Result(accepted, duplicates, rejected, conflicts);
    }

    private static Refused refused(Candidate candidate, String field, String detail) {
        var key = candidate.event().key();
        return new Refused(candidate.index(), key.id(), key.source(), field, detail);
    }

    private static String shown(JsonNode event, String name) {
        var node = event.get(name);
        var text = node != null && node.isString() && PlainText.isPlain(node.stringValue()) ? node.stringValue() : "";
        return text.length() <= MAX_TEXT_SHOWN ? text : text.substring(0, MAX_TEXT_SHOWN);
    }

    private static String message(InvalidField refusal) {
        return Objects.requireNonNullElse(refusal.getMessage(), "cannot be used");
    }
}
