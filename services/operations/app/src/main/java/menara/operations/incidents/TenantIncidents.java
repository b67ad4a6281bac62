package menara.operations.incidents;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import menara.operations.allocations.AllocationDocuments;
import menara.operations.allocations.AllocationHistory.Allocation;
import menara.operations.incidents.IncidentDocuments.Stored;
import menara.values.IncidentId;
import menara.values.RackId;
import menara.values.TenantId;
import org.springframework.stereotype.Component;

/**
 * What a tenant sees of incidents: those during which an affected rack was its own, with those racks only. Who else was hit is
 * none of its business.
 */
@Component
class TenantIncidents {

    private final IncidentDocuments incidents;
    private final AllocationDocuments allocations;

    TenantIncidents(IncidentDocuments incidents, AllocationDocuments allocations) {
        this.incidents = incidents;
        this.allocations = allocations;
    }

    Optional<IncidentView> find(TenantId tenant, IncidentId incident) {
        return incidents
                .find(incident)
                .flatMap(stored -> visible(stored, allocations(tenant)).stream().findFirst());
    }

    /** At most {@code limit} incidents, the newest first, after the one whose order is {@code after}. */
    List<IncidentView> page(TenantId tenant, Optional<String> after, int limit, IncidentFilter filter) {
        var own = allocations(tenant);
        var racks =
                own.stream().flatMap(allocation -> allocation.racks().stream()).collect(Collectors.toSet());
        return incidents.storedTouching(racks).stream()
                .flatMap(stored -> visible(stored, own).stream())
                .filter(filter::matches)
                .sorted(Comparator.comparing(IncidentView::order).reversed())
                .filter(view ->
                        after.filter(last -> view.order().compareTo(last) >= 0).isEmpty())
                .limit(limit)
                .toList();
    }

    private List<Allocation> allocations(TenantId tenant) {
        return allocations.of(tenant).stream()
                .flatMap(allocation -> allocation.latest().stream())
                .toList();
    }

    private static Optional<IncidentView> visible(Stored stored, List<Allocation> own) {
        var view = IncidentView.of(stored);
        Set<RackId> ownRacks = own.stream()
                .filter(allocation ->
                        view.startedAt().isBefore(allocation.period().until()))
                .filter(allocation ->
                        view.resolvedAt() == null || allocation.period().from().isBefore(view.resolvedAt()))
                .flatMap(allocation -> allocation.racks().stream())
                .collect(Collectors.toSet());
        var racks = view.racks().stream().filter(ownRacks::contains).toList();
        return racks.isEmpty() ? Optional.empty() : Optional.of(view.with(racks, List.copyOf(ownRacks)));
    }
}
