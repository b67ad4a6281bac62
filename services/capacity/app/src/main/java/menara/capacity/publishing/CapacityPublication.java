package menara.capacity.publishing;

import java.util.List;
import menara.capacity.campus.Timeline;
import menara.capacity.contract.PhasePostponed;
import menara.capacity.contract.PowerCommissioned;
import menara.capacity.contract.PowerDerated;
import menara.capacity.contract.PowerRestored;
import menara.capacity.contract.RackRegistered;
import menara.capacity.contract.ReservationActivated;
import menara.capacity.contract.ReservationAtRisk;
import menara.capacity.contract.ReservationConfirmed;
import menara.capacity.contract.ReservationCutShort;
import menara.capacity.contract.ReservationEnded;
import menara.capacity.contract.ReservationNoLongerAtRisk;
import menara.capacity.contract.ReservationRejected;
import menara.capacity.contract.ReservationReplaced;
import menara.capacity.contract.ReservationWithdrawn;
import menara.capacity.events.HoldConfirmed;
import menara.capacity.events.NodeDerated;
import menara.capacity.events.NodeRestored;
import menara.capacity.events.PhaseSlipped;
import menara.capacity.events.PowerReleased;
import menara.capacity.events.PromiseCutShort;
import menara.capacity.events.RackInstalled;
import menara.capacity.events.RacksHandedOver;
import menara.capacity.events.RacksReturned;
import menara.capacity.events.ReservationChanged;
import menara.capacity.events.ReservationEndangered;
import menara.capacity.events.ReservationRefused;
import menara.capacity.events.ReservationReleased;
import menara.capacity.events.ReservationSealed;
import menara.capacity.events.ReservationSecured;
import menara.eventstore.spring.Publication;
import menara.values.Power;
import org.springframework.stereotype.Component;

/** Plans, halls and mere requests stay private: nobody can build on them. */
@Component
class CapacityPublication implements Publication {

    @Override
    public List<?> publish(Object event) {
        return switch (event) {
            case PowerReleased e -> List.of(new PowerCommissioned(e.phase(), e.available(), e.effectiveAt()));
            case RackInstalled e ->
                List.of(new RackRegistered(e.rack(), e.hall(), e.phase(), e.gpus(), e.plannedPower(), e.at()));
            case ReservationSealed e ->
                List.of(new ReservationConfirmed(
                        e.reservation(),
                        e.contract(),
                        e.tenant(),
                        e.shares().stream()
                                .flatMap(share -> share.racks().stream())
                                .toList(),
                        e.gpus(),
                        e.power(),
                        e.period(),
                        e.at()));
            case ReservationRefused e ->
                List.of(new ReservationRejected(
                        e.reservation(), e.contract(), e.tenant(), e.rule(), e.reason(), e.at()));
            case RacksHandedOver e ->
                List.of(new ReservationActivated(
                        e.reservation(),
                        e.contract(),
                        e.tenant(),
                        e.racks(),
                        e.gpus(),
                        e.period(),
                        e.handedOverAt(),
                        e.at()));
            case RacksReturned e ->
                List.of(new ReservationEnded(e.reservation(), e.contract(), e.tenant(), e.endedAt(), e.at()));
            case HoldConfirmed e ->
                List.of(new ReservationConfirmed(
                        e.reservation(),
                        e.contract(),
                        e.tenant(),
                        e.shares().stream()
                                .flatMap(share -> share.racks().stream())
                                .toList(),
                        e.gpus(),
                        e.power(),
                        e.period(),
                        e.at()));
            case ReservationChanged e ->
                List.of(new ReservationReplaced(
                        e.reservation(),
                        e.contract(),
                        e.tenant(),
                        e.shares().stream()
                                .flatMap(share -> share.racks().stream())
                                .toList(),
                        e.gpus(),
                        e.power(),
                        e.period(),
                        e.at()));
            case ReservationReleased e ->
                e.promised()
                        ? List.of(new ReservationWithdrawn(e.reservation(), e.contract(), e.tenant(), e.at()))
                        : List.of();
            case PromiseCutShort e ->
                List.of(new ReservationCutShort(e.reservation(), e.contract(), e.tenant(), e.contractEnds(), e.at()));
            case NodeDerated e -> List.of(derated(e));
            case NodeRestored e ->
                List.of(new PowerRestored(
                        e.derating(), e.node(), e.regained(), e.period().from(), e.at()));
            case PhaseSlipped e ->
                List.of(new PhasePostponed(
                        e.phase(),
                        e.plannedFrom(),
                        e.moved().stream().map(PhaseSlipped.MovedRelease::power).reduce(Power.ZERO, Power::plus),
                        e.at()));
            case ReservationEndangered e ->
                List.of(new ReservationAtRisk(
                        e.reservation(),
                        e.contract(),
                        e.tenant(),
                        e.shortfalls().stream()
                                .map(shortfall -> new ReservationAtRisk.Missing(
                                        shortfall.node(), shortfall.from(), shortfall.missing()))
                                .toList(),
                        e.at()));
            case ReservationSecured e ->
                List.of(new ReservationNoLongerAtRisk(e.reservation(), e.contract(), e.tenant(), e.at()));
            default -> List.of();
        };
    }

    private static PowerDerated derated(NodeDerated event) {
        var until = event.period().until();
        return new PowerDerated(
                event.derating(),
                event.node(),
                event.cause().shown(),
                event.lost(),
                event.period().from(),
                until.equals(Timeline.LAST) ? null : until,
                event.at());
    }
}
