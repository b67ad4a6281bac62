package menara.eventstore.spring.state;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import menara.eventstore.spring.EventNames;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.UnknownEvent;
import org.axonframework.messaging.core.QualifiedName;

/** The private events of a service by their names, from the sealed families of its states. */
public final class EventTypes {

    private final Map<QualifiedName, Class<?>> byName = new LinkedHashMap<>();

    private final EventNames names;

    public EventTypes(EventNames names, Collection<? extends EventSourcedState<?, ?, ?>> states) {
        this.names = names;
        states.forEach(state -> state.families().forEach(this::addFamily));
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
     * @throws UnknownEvent if no family has the name, because a newer instance wrote it
     */
    public Class<?> known(QualifiedName name) {
        var type = byName.get(name);
        if (type == null) {
            throw new UnknownEvent(name);
        }
        return type;
    }

    public boolean knows(QualifiedName name) {
        return byName.containsKey(name);
    }

    /** The explicit name of an event of this or another log; empty if it has none. */
    public Optional<QualifiedName> nameOf(Class<?> type) {
        return names.nameOf(type);
    }
}
