package menara.billing.audittrail;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.billing.contracts.ContractReadModel;
import menara.billing.ingestion.Reporter;
import menara.billing.usage.events.UsageKey;
import menara.platform.security.Caller;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail of usage over HTTP. */
@RestController
@RequestMapping("/api/billing/usage/audit-trail")
class AuditTrailController {

    private final UsageAuditTrail trails;
    private final ContractReadModel contracts;

    AuditTrailController(UsageAuditTrail trails, ContractReadModel contracts) {
        this.trails = trails;
        this.contracts = contracts;
    }

    /**
     * What became of an event. A caller asks about events of its own party. A caller that sees all parties asks about any event, and names
     * the party where several parties use the same id.
     *
     * @param party party of the event: a tenant, or the organization of the sender if the event was refused
     */
    @GetMapping
    UsageAuditTrail.AuditTrail event(
            @RequestParam String source, @RequestParam String id, @RequestParam Optional<String> party, Caller caller) {
        var key = new UsageKey(source, id);
        var found = trails.of(parties(party, caller), key);
        if (found.size() > 1) {
            throw new RuleViolated(
                    "usage-event-of-several-parties",
                    "several parties have an event of this id: %s; name one with party="
                            .formatted(String.join(", ", found.keySet())));
        }
        return found.values().stream().findFirst().orElseThrow(() -> new NotFound("usage event", key.text()));
    }

    private Set<String> parties(Optional<String> asked, Caller caller) {
        var own = Reporter.of(caller).parties();
        if (asked.isPresent()) {
            return caller.seesAll() || own.contains(asked.get()) ? Set.of(asked.get()) : Set.of();
        }
        var tenants = caller.seesAll()
                ? contracts.all().stream().map(contract -> contract.tenant().value())
                : Stream.<String>of();
        return Stream.concat(own.stream(), tenants).collect(Collectors.toSet());
    }
}
