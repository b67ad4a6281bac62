package menara.operations.allocations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;

/**
 * An allocation, the racks that a tenant has from their hand-over until they go back, with everything that capacity ever announced of it.
 *
 * @param reservation the reservation it comes from
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param handovers hand-overs, in order of announcement
 * @param ends its ends, in order of announcement; the last one counts
 */
public record AllocationHistory(
        ReservationId reservation, ContractId contract, TenantId tenant, List<Handover> handovers, List<End> ends) {

    /**
     * Racks were handed over.
     *
     * @param racks the racks
     * @param period when the tenant has them, unless they are given back earlier
     * @param at when that was announced
     */
    public record Handover(List<RackId> racks, Period period, Instant at) {}

    /**
     * Racks were given back.
     *
     * @param endedAt first instant at which they were free
     * @param at when that was announced
     */
    public record End(Instant endedAt, Instant at) {}

    /**
     * Racks that are a tenant's.
     *
     * @param racks the racks
     * @param period when
     */
    public record Allocation(List<RackId> racks, Period period) {}

    /** The allocation as of now. */
    public Optional<Allocation> latest() {
        return asOf(Instant.MAX);
    }

    /** The allocation as of {@code instant}: empty before it was announced, and if it ended before it began. */
    public Optional<Allocation> asOf(Instant instant) {
        var end = ends.stream().filter(known -> !known.at().isAfter(instant)).reduce((_, later) -> later);
        return handovers.stream()
                .filter(known -> !known.at().isAfter(instant))
                .reduce((_, later) -> later)
                .flatMap(handover -> end.map(End::endedAt)
                        .map(endedAt -> cut(handover.period(), endedAt))
                        .orElseGet(() -> Optional.of(handover.period()))
                        .map(period -> new Allocation(handover.racks(), period)));
    }

    private static Optional<Period> cut(Period period, Instant endedAt) {
        if (!endedAt.isAfter(period.from())) {
            return Optional.empty();
        }
        return Optional.of(endedAt.isBefore(period.until()) ? Period.between(period.from(), endedAt) : period);
    }
}
