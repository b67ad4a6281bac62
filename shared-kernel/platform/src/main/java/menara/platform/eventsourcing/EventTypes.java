package menara.platform.eventsourcing;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import menara.values.PublishedEvent;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** The private events of a service by their names, read off the sealed families of its states. */
final class EventTypes {

    private final Map<QualifiedName, Class<?>> byName = new LinkedHashMap<>();

    EventTypes(Collection<? extends EventSourcedState<?, ?, ?>> states) {
        states.forEach(state -> addFamily(state.eventFamily()));
    }

    private void addFamily(Class<?> family) {
        var open = new ArrayDeque<Class<?>>();
        open.add(family);
        while (!open.isEmpty()) {
            var type = open.remove();
            if (type.isSealed()) {
                for (var permitted : type.getPermittedSubclasses()) {
                    open.add(permitted);
                }
            } else {
                add(type);
            }
        }
    }

    private void add(Class<?> type) {
        var name = nameOf(type)
                .orElseThrow(() -> new IllegalStateException(
                        "%s must carry @Event(namespace, name, version): otherwise moving the class would break history"
                                .formatted(type.getName())));
        var other = byName.put(name, type);
        if (other != null && other != type) {
            throw new IllegalStateException(
                    "%s and %s are both named %s".formatted(other.getName(), type.getName(), name));
        }
    }

    /**
     * The class of a private event.
     *
     * @throws UnknownEvent if no family knows the name: a newer instance wrote it
     */
    Class<?> known(QualifiedName name) {
        var type = byName.get(name);
        if (type == null) {
            throw new UnknownEvent(name);
        }
        return type;
    }

    boolean knows(QualifiedName name) {
        return byName.containsKey(name);
    }

    /** The explicit name of a private or published event; empty if it has none. */
    static Optional<QualifiedName> nameOf(Class<?> type) {
        var event = type.getAnnotation(Event.class);
        if (event != null && !event.namespace().isEmpty() && !event.name().isEmpty()) {
            return Optional.of(new QualifiedName(event.namespace(), event.name()));
        }
        var published = type.getAnnotation(PublishedEvent.class);
        return published == null
                ? Optional.empty()
                : Optional.of(new QualifiedName(published.namespace(), published.name()));
    }
}
