package menara.billing.audittrail;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import menara.billing.ingestion.UsageEventReader;
import menara.billing.ingestion.UsageRefusals;
import menara.billing.metering.ParkedUsage;
import menara.billing.metering.hours.HourWindows;
import menara.billing.meters.Meter;
import menara.billing.usage.events.UsageEvent;
import menara.billing.usage.events.UsageKey;
import menara.billing.usage.log.UsageLog;
import menara.billing.usage.log.UsagePartition;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import menara.values.refusals.InvalidField;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What became of an event of usage: accepted, corrected, retracted or rejected, the hours it counts in, and the invoice lines that it
 * reached.
 */
@Component
class UsageAuditTrail {

    private final UsageLog log;
    private final ParkedUsage parked;
    private final UsageRefusals refusals;
    private final InvoicedUsage invoiced;
    private final JsonMapper json;

    UsageAuditTrail(UsageLog log, ParkedUsage parked, UsageRefusals refusals, InvoicedUsage invoiced, JsonMapper json) {
        this.log = log;
        this.parked = parked;
        this.refusals = refusals;
        this.invoiced = invoiced;
        this.json = json;
    }

    /**
     * What became of an event.
     *
     * @param outcome accepted, corrected, retracted or rejected; parked if it was accepted and cannot be counted yet
     * @param value of a reading, in millionths of the meter's unit
     * @param receivedAt when it was received; of a rejected one, first
     * @param firstHour start of the first hour it counts in
     * @param lastHour start of the last hour it counts in
     * @param supersedes id of the event that it replaced
     * @param supersededBy id of the event that replaced it
     * @param invoiceLines invoice lines that include it
     * @param conflicts other contents refused under the same identity, the first ones
     * @param refusals why it, or another content under its identity, was refused
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuditTrail(
            String source,
            String id,
            String outcome,
            @Nullable ContractId contract,
            @Nullable Meter meter,
            @Nullable Period period,
            @Nullable Long milliGpus,
            @Nullable Long value,
            Instant receivedAt,
            @Nullable Instant firstHour,
            @Nullable Instant lastHour,
            @Nullable String supersedes,
            @Nullable String supersededBy,
            List<InvoicedUsage.Reached> invoiceLines,
            List<RefusedContent> conflicts,
            List<Reason> refusals) {}

    record RefusedContent(ContractId contract, Period period, long milliGpus, Instant receivedAt) {}

    record Reason(String outcome, String field, String detail, Instant receivedAt) {}

    /** The event of this id of each party, by party. */
    SortedMap<String, AuditTrail> of(Set<String> parties, UsageKey key) {
        var trails = new TreeMap<String, AuditTrail>();
        var refused = refusals.of(parties, key);
        refused.forEach((party, refusals) -> trails.put(party, rejected(key, refusals)));
        // The sender of a refused event need not be a tenant.
        var tenants = parties.stream()
                .flatMap(party -> TenantId.called(party).stream())
                .collect(Collectors.toSet());
        for (var found : log.find(tenants, key)) {
            var party = found.entry().party().value();
            trails.put(party, accepted(found, refused.getOrDefault(party, List.of())));
        }
        return trails;
    }

    private AuditTrail accepted(UsagePartition.Found found, List<UsageRefusals.Refusal> refused) {
        var event = found.entry().event();
        var zone = found.entry().zone();
        var counted = event instanceof UsageEvent.Counted usage ? usage : null;
        var by = found.supersededBy();
        return new AuditTrail(
                event.key().source(),
                event.key().id(),
                outcome(found, by),
                event.contract(),
                counted == null ? null : counted.meter(),
                counted == null ? null : counted.period(),
                event instanceof UsageEvent.Occupation occupation ? occupation.milliGpus() : null,
                event instanceof UsageEvent.Reading reading ? reading.quantity() : null,
                found.receivedAt(),
                counted == null ? null : HourWindows.startOf(counted.period().from(), zone),
                counted == null
                        ? null
                        : HourWindows.startOf(counted.period().until().minusMillis(1), zone),
                event.supersedes(),
                by == null ? null : by.id(),
                counted == null
                        ? List.of()
                        : invoiced.reachedBy(event.contract(), counted.series(), counted.period(), found.receivedAt()),
                refused.stream().flatMap(one -> content(one).stream()).toList(),
                reasons(refused));
    }

    private String outcome(UsagePartition.Found found, @Nullable UsageKey by) {
        var event = found.entry().event();
        if (parked.holds(found.partition(), found.place(), event.contract())) {
            return "parked";
        }
        if (by == null) {
            return "accepted";
        }
        boolean retracted = log.find(found.entry().party(), by)
                .filter(later -> later.entry().event() instanceof UsageEvent.Retraction)
                .isPresent();
        return retracted ? "retracted" : "corrected";
    }

    private static AuditTrail rejected(UsageKey key, List<UsageRefusals.Refusal> refused) {
        return new AuditTrail(
                key.source(),
                key.id(),
                "rejected",
                null,
                null,
                null,
                null,
                null,
                refused.getFirst().receivedAt(),
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                reasons(refused));
    }

    private static List<Reason> reasons(List<UsageRefusals.Refusal> refused) {
        return refused.stream()
                .map(one -> new Reason(one.outcome(), one.field(), one.detail(), one.receivedAt()))
                .toList();
    }

    private Optional<RefusedContent> content(UsageRefusals.Refusal refusal) {
        if (!refusal.outcome().equals("conflict")) {
            return Optional.empty();
        }
        try {
            return UsageEventReader.read(json.readTree(refusal.content())) instanceof UsageEvent.Occupation occupation
                    ? Optional.of(new RefusedContent(
                            occupation.contract(), occupation.period(), occupation.milliGpus(), refusal.receivedAt()))
                    : Optional.empty(); // a retraction: it has no content of its own
        } catch (InvalidField | JacksonException _) {
            return Optional.empty(); // a reading, or truncated: the reason says all that is known
        }
    }
}
