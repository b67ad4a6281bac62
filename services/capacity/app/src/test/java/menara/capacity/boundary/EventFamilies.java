package menara.capacity.boundary;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.deratings.DeratingEvent;
import menara.capacity.deratings.RiskEvent;
import menara.capacity.layout.LayoutEvent;

/** The private events, read off their sealed families. */
public final class EventFamilies {

    private static final List<Class<?>> FAMILIES =
            List.of(LayoutEvent.class, DeratingEvent.class, RiskEvent.class, ReservationEvent.class);

    private EventFamilies() {}

    public static Set<Class<?>> events() {
        var events = new LinkedHashSet<Class<?>>();
        var open = new ArrayDeque<>(FAMILIES);
        while (!open.isEmpty()) {
            var type = open.remove();
            if (type.isSealed()) {
                open.addAll(List.of(type.getPermittedSubclasses()));
            } else {
                events.add(type);
            }
        }
        return events;
    }
}
