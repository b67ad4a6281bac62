package menara.eventstore.spring;

import java.util.Optional;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** Names under which the events of a class are stored. The default is Axon's {@link Event}. */
@FunctionalInterface
public interface EventNames {

    /** The explicit name of a class; empty if it has none, because a name derived from its package would change when it is moved. */
    Optional<QualifiedName> nameOf(Class<?> type);

    /** The namespace and the name in {@link Event}, if both are there. */
    static Optional<QualifiedName> annotated(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(Event.class))
                .filter(event -> !event.namespace().isEmpty() && !event.name().isEmpty())
                .map(event -> new QualifiedName(event.namespace(), event.name()));
    }
}
