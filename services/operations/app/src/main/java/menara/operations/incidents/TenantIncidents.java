package menara.operations.incidents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import menara.operations.allocations.AllocationHistory.Allocation;
import menara.operations.allocations.AllocationReadModel;
import menara.operations.incidents.Incident.Correction.Version;
import menara.operations.incidents.IncidentReadModel.Stored;
import menara.values.IncidentId;
import menara.values.RackId;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a tenant sees of incidents: of each version of an outage the racks that it had during that outage, and no version without such
 * racks. It does not see who else was affected, when, or internal notes.
 */
@Component
class TenantIncidents {

    private final IncidentReadModel incidents;
    private final AllocationReadModel allocations;

    TenantIncidents(IncidentReadModel incidents, AllocationReadModel allocations) {
        this.incidents = incidents;
        this.allocations = allocations;
    }

    Optional<IncidentView> find(TenantId tenant, IncidentId incident) {
        return incidents.find(incident).flatMap(stored -> visible(stored, allocations(tenant)));
    }

    /** At most {@code limit} incidents, the newest first, after the one whose order is {@code after}. */
    List<IncidentView> page(TenantId tenant, Optional<String> after, int limit, IncidentFilter filter) {
        var own = allocations(tenant);
        var racks =
                own.stream().flatMap(allocation -> allocation.racks().stream()).collect(Collectors.toSet());
        return incidents.page(
                racks, after, limit, stored -> visible(stored, own).filter(filter::matches));
    }

    private List<Allocation> allocations(TenantId tenant) {
        return allocations.of(tenant).stream()
                .flatMap(allocation -> allocation.latest().stream())
                .toList();
    }

    private static Optional<IncidentView> visible(Stored stored, List<Allocation> own) {
        return stored.history().outages().isEmpty() ? open(stored, own) : resolved(stored, own);
    }

    private static Optional<IncidentView> open(Stored stored, List<Allocation> own) {
        var history = stored.history();
        var racks = ownOf(history.racks(), history.startedAt(), Instant.MAX, own);
        return racks.isEmpty()
                ? Optional.empty()
                : Optional.of(new IncidentView(
                        history.incident(),
                        stored.kind(),
                        null,
                        stored.severity(),
                        IncidentView.OPEN,
                        racks,
                        history.startedAt(),
                        history.openedAt(),
                        null,
                        List.of()));
    }

    /**
     * An incident that once concerned the tenant stays in its list: its availability was measured with it, and the correction says that it
     * no longer is.
     */
    private static Optional<IncidentView> resolved(Stored stored, List<Allocation> own) {
        var history = stored.history();
        var versions = new ArrayList<@Nullable Version>();
        for (var recorded : history.outages()) {
            var period = recorded.outage().period();
            var racks = ownOf(recorded.outage().racks(), period.from(), period.until(), own);
            versions.add(racks.isEmpty() ? null : new Version(racks, period));
        }
        var last = versions.stream().filter(Objects::nonNull).reduce((_, later) -> later);
        return last.map(shown -> new IncidentView(
                history.incident(),
                stored.kind(),
                null,
                stored.severity(),
                IncidentView.RESOLVED,
                versions.getLast() == null ? List.of() : shown.racks(),
                shown.outage().from(),
                history.openedAt(),
                shown.outage().until(),
                corrections(history, versions)));
    }

    private static List<IncidentView.CorrectionView> corrections(
            IncidentHistory history, List<@Nullable Version> versions) {
        var corrections = new ArrayList<IncidentView.CorrectionView>();
        for (int i = 1; i < versions.size(); i++) {
            var before = versions.get(i - 1);
            var after = versions.get(i);
            if (!Objects.equals(before, after)) {
                corrections.add(
                        new IncidentView.CorrectionView(history.outages().get(i).at(), null, null, before, after));
            }
        }
        return corrections;
    }

    /** Those of {@code racks} that the tenant had at some time from {@code from} until {@code until}. */
    private static List<RackId> ownOf(List<RackId> racks, Instant from, Instant until, List<Allocation> own) {
        Set<RackId> held = own.stream()
                .filter(allocation -> from.isBefore(allocation.period().until())
                        && allocation.period().from().isBefore(until))
                .flatMap(allocation -> allocation.racks().stream())
                .collect(Collectors.toSet());
        return racks.stream().filter(held::contains).toList();
    }
}
