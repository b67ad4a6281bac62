package menara.capacity.publishing;

import java.util.List;
import menara.capacity.campus.Timeline;
import menara.capacity.commitments.CommitmentEvent;
import menara.capacity.commitments.HoldConfirmed;
import menara.capacity.commitments.HoldExpired;
import menara.capacity.commitments.ReservationActivated;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationCutShort;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.commitments.ReservationHeld;
import menara.capacity.commitments.ReservationRejected;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.commitments.ReservationRequested;
import menara.capacity.commitments.ReservationWaitlisted;
import menara.capacity.commitments.ReservationWithdrawn;
import menara.capacity.commitments.Share;
import menara.capacity.deratings.DeratingEvent;
import menara.capacity.deratings.PowerDerated;
import menara.capacity.deratings.PowerRestored;
import menara.capacity.deratings.ReservationAtRisk;
import menara.capacity.deratings.ReservationNoLongerAtRisk;
import menara.capacity.deratings.RiskEvent;
import menara.capacity.layout.HallRegistered;
import menara.capacity.layout.LayoutEvent;
import menara.capacity.layout.PhaseClassified;
import menara.capacity.layout.PhasePlanned;
import menara.capacity.layout.PhasePostponed;
import menara.capacity.layout.PowerCommissioned;
import menara.capacity.layout.PowerNodesRegistered;
import menara.capacity.layout.RackRegistered;
import menara.capacity.layout.RacksConnected;
import menara.eventstore.spring.Publication;
import menara.values.Power;
import menara.values.RackId;
import org.springframework.stereotype.Component;

/**
 * Translates this service's private events into those of its contract. Plans, halls and mere requests stay private: they commit nothing.
 */
@Component
class CapacityPublication implements Publication {

    @Override
    public List<?> publish(Object event) {
        return switch (event) {
            case LayoutEvent layout -> publish(layout);
            case DeratingEvent derating -> publish(derating);
            case RiskEvent risk -> publish(risk);
            case ReservationEvent reservation -> publish(reservation);
            default ->
                throw new IllegalArgumentException("%s belongs to no family of this service"
                        .formatted(event.getClass().getName()));
        };
    }

    private static List<?> publish(LayoutEvent event) {
        return switch (event) {
            case PowerCommissioned e ->
                List.of(new menara.capacity.contract.PowerCommissioned(e.phase(), e.available(), e.effectiveAt()));
            case RackRegistered e ->
                List.of(new menara.capacity.contract.RackRegistered(
                        e.rack(), e.hall(), e.phase(), e.gpus(), e.plannedPower(), e.at()));
            case PhasePostponed e ->
                List.of(new menara.capacity.contract.PhasePostponed(
                        e.phase(),
                        e.plannedFrom(),
                        e.moved().stream()
                                .map(PhasePostponed.MovedRelease::power)
                                .reduce(Power.ZERO, Power::plus),
                        e.at()));
            case PhasePlanned _, PhaseClassified _, HallRegistered _, PowerNodesRegistered _, RacksConnected _ ->
                List.of();
        };
    }

    private static List<?> publish(DeratingEvent event) {
        return switch (event) {
            case PowerDerated e ->
                List.of(new menara.capacity.contract.PowerDerated(
                        e.derating(),
                        e.node(),
                        e.cause().shown(),
                        e.lost(),
                        e.period().from(),
                        Timeline.known(e.period().until()),
                        e.at()));
            case PowerRestored e ->
                List.of(new menara.capacity.contract.PowerRestored(
                        e.derating(), e.node(), e.regained(), e.period().from(), e.at()));
        };
    }

    private static List<?> publish(RiskEvent event) {
        return switch (event) {
            case ReservationAtRisk e ->
                List.of(new menara.capacity.contract.ReservationAtRisk(
                        e.reservation(),
                        e.contract(),
                        e.tenant(),
                        e.shortfalls().stream()
                                .map(shortfall -> new menara.capacity.contract.ReservationAtRisk.Missing(
                                        shortfall.node(), shortfall.from(), shortfall.missing()))
                                .toList(),
                        e.at()));
            case ReservationNoLongerAtRisk e ->
                List.of(new menara.capacity.contract.ReservationNoLongerAtRisk(
                        e.reservation(), e.contract(), e.tenant(), e.at()));
        };
    }

    private static List<?> publish(ReservationEvent event) {
        return switch (event) {
            case ReservationRejected e ->
                List.of(new menara.capacity.contract.ReservationRejected(
                        e.reservation(), e.contract(), e.tenant(), e.rule(), e.reason(), e.at()));
            case ReservationActivated e ->
                List.of(new menara.capacity.contract.ReservationActivated(
                        e.reservation(),
                        e.contract(),
                        e.tenant(),
                        e.racks(),
                        e.gpus(),
                        e.period(),
                        e.handedOverAt(),
                        e.at()));
            case ReservationCutShort e ->
                List.of(new menara.capacity.contract.ReservationCutShort(
                        e.reservation(), e.contract(), e.tenant(), e.contractEnds(), e.at()));
            case CommitmentEvent commitment -> publish(commitment);
            case ReservationRequested _ -> List.of();
        };
    }

    private static List<?> publish(CommitmentEvent event) {
        return switch (event) {
            case ReservationConfirmed e ->
                List.of(new menara.capacity.contract.ReservationConfirmed(
                        e.reservation(),
                        e.contract(),
                        e.tenant(),
                        racks(e.shares()),
                        e.gpus(),
                        e.power(),
                        e.period(),
                        e.at()));
            // Other services need not know whether the racks were held before.
            case HoldConfirmed e ->
                List.of(new menara.capacity.contract.ReservationConfirmed(
                        e.reservation(),
                        e.contract(),
                        e.tenant(),
                        racks(e.shares()),
                        e.gpus(),
                        e.power(),
                        e.period(),
                        e.at()));
            case ReservationReplaced e ->
                List.of(new menara.capacity.contract.ReservationReplaced(
                        e.reservation(),
                        e.contract(),
                        e.tenant(),
                        racks(e.shares()),
                        e.gpus(),
                        e.power(),
                        e.period(),
                        e.at()));
            case ReservationWithdrawn e ->
                e.confirmed()
                        ? List.of(new menara.capacity.contract.ReservationWithdrawn(
                                e.reservation(), e.contract(), e.tenant(), e.at()))
                        : List.of();
            case ReservationEnded e ->
                List.of(new menara.capacity.contract.ReservationEnded(
                        e.reservation(), e.contract(), e.tenant(), e.endedAt(), e.at()));
            case ReservationWaitlisted _, ReservationHeld _, HoldExpired _ -> List.of();
        };
    }

    private static List<RackId> racks(List<Share> shares) {
        return shares.stream().flatMap(share -> share.racks().stream()).toList();
    }
}
