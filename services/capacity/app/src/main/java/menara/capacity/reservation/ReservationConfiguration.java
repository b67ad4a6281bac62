package menara.capacity.reservation;

import menara.capacity.boundary.CampusEvent;
import menara.capacity.commitments.ReservationEvent;
import menara.eventstore.spring.EventSourcedState;
import menara.values.ReservationId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ReservationConfiguration {

    @Bean
    EventSourcedState<ReservationId, Reservation, ReservationEvent> reservation() {
        return EventSourcedState.taggedWith(
                CampusEvent.Tags.RESERVATION,
                ReservationId.class,
                Reservation.class,
                ReservationEvent.class,
                new Reservation.None(),
                Reservation::evolve);
    }
}
