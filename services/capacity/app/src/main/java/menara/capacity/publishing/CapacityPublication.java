package menara.capacity.publishing;

import java.util.List;
import menara.capacity.contract.PowerCommissioned;
import menara.capacity.contract.RackRegistered;
import menara.capacity.contract.ReservationActivated;
import menara.capacity.contract.ReservationConfirmed;
import menara.capacity.contract.ReservationEnded;
import menara.capacity.contract.ReservationRejected;
import menara.capacity.events.PowerReleased;
import menara.capacity.events.RackInstalled;
import menara.capacity.events.RacksHandedOver;
import menara.capacity.events.RacksReturned;
import menara.capacity.events.ReservationRefused;
import menara.capacity.events.ReservationSealed;
import menara.platform.eventsourcing.Publication;
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
                        e.reservation(), e.contract(), e.tenant(), e.racks(), e.gpus(), e.period(), e.at()));
            case RacksReturned e ->
                List.of(new ReservationEnded(e.reservation(), e.contract(), e.tenant(), e.endedAt(), e.at()));
            default -> List.of();
        };
    }
}
