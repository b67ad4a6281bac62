package menara.capacity.reservation;

import java.time.Instant;
import java.util.List;
import menara.capacity.commitments.Demand;
import menara.platform.security.Caller;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A reservation as it is shown. What has not happened yet is null.
 *
 * @param state its state
 * @param version steps of its life so far; the ETag
 * @param racks the racks held or committed, by hall and name; empty if there are none
 * @param gpus GPUs in those racks
 * @param power planned power of those racks
 * @param rule name of the rule that rejected it
 * @param reason why it was rejected; a tenant sees no details of other commitments
 * @param endedAt first instant at which its racks were free again
 * @param expiresAt first instant at which a hold can no longer be confirmed; null unless it is held
 */
record ReservationView(
        ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        ReservationState state,
        int version,
        Period period,
        Demand demand,
        List<RackId> racks,
        int gpus,
        Power power,
        @Nullable String rule,
        @Nullable String reason,
        Instant requestedAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant rejectedAt,
        @Nullable Instant activatedAt,
        @Nullable Instant endedAt,
        @Nullable Instant expiresAt) {

    /**
     * The reservation as a caller may see it. Reasons name the ends of other commitments and the shortages of nodes, which would reveal
     * other tenants. So a tenant sees the rule in general words.
     */
    ReservationView to(Caller caller) {
        return rule == null || caller.seesAll()
                ? this
                : new ReservationView(
                        reservation,
                        contract,
                        tenant,
                        state,
                        version,
                        period,
                        demand,
                        racks,
                        gpus,
                        power,
                        rule,
                        Refusals.shownToTenant(rule),
                        requestedAt,
                        confirmedAt,
                        rejectedAt,
                        activatedAt,
                        endedAt,
                        expiresAt);
    }

    String eTag() {
        return "\"%d\"".formatted(version);
    }
}
