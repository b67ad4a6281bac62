package menara.billing;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import menara.platform.eventsourcing.CommandShell;
import menara.platform.eventsourcing.Commands;
import menara.platform.eventsourcing.EventSourcedState;
import menara.platform.eventsourcing.Policy;
import menara.platform.eventsourcing.Projection;
import menara.platform.eventsourcing.Publication;
import menara.platform.time.DueWork;
import menara.values.PublishedEvent;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.messaging.eventstreaming.Tag;
import org.axonframework.modelling.annotation.InjectEntity;
import org.axonframework.modelling.annotation.TargetEntityId;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Sources, decides, appends, projects, publishes and follows policies, one step after the other, over a log in memory. */
final class InProcessCommands implements Commands {

    /** Due work may make new work due; more rounds than this would be a circle. */
    private static final int MAX_ROUNDS = 5;

    private final ApplicationContext context;
    private final InProcessDueDates dueDates;
    private final SettableClock clock;
    private final List<Object> log = new ArrayList<>();
    private final List<Object> published = new ArrayList<>();

    InProcessCommands(ApplicationContext context, InProcessDueDates dueDates, SettableClock clock) {
        this.context = context;
        this.dueDates = dueDates;
        this.clock = clock;
    }

    synchronized List<Object> published() {
        return List.copyOf(published);
    }

    /** Moves the clock on and does what falls due. */
    void passTime(Duration duration) {
        clock.advance(duration);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            for (var due : dueDates.take(clock.instant())) {
                context.getBeansOfType(DueWork.class).values().stream()
                        .filter(work -> work.kind().equals(due.kind()))
                        .forEach(work -> work.run(due.id(), clock.instant()));
            }
            clock.advance(Duration.ofSeconds(10));
        }
    }

    /** Hands a foreign service's published event to the policies that follow it. */
    void deliver(Object event) {
        var name = Objects.requireNonNull(event.getClass().getAnnotation(PublishedEvent.class));
        var service = name.namespace().substring(name.namespace().indexOf('.') + 1);
        dispatch(Policy.class, Policy::of, service, name.namespace() + "." + name.name(), event);
    }

    @Override
    public void send(Object command) {
        send(command, Object.class);
    }

    @Override
    public synchronized <R> R send(Object command, Class<R> resultType) {
        for (var shell : context.getBeansWithAnnotation(CommandShell.class).values()) {
            for (var method : shell.getClass().getDeclaredMethods()) {
                if (method.isAnnotationPresent(CommandHandler.class)
                        && method.getParameterTypes()[0] == command.getClass()) {
                    var appended = new Appended();
                    var result = invoke(shell, method, command, state(method, command), appended);
                    appended.events.forEach(this::append);
                    return resultType.cast(Objects.requireNonNullElse(result, "nothing"));
                }
            }
        }
        throw new IllegalStateException("no shell handles " + command);
    }

    private static final class Appended implements EventAppender {
        private final List<Object> events = new ArrayList<>();

        @Override
        public void append(List<?> added) {
            events.addAll(added);
        }

        @Override
        public void describeTo(ComponentDescriptor descriptor) {
            descriptor.describeProperty("events", events);
        }
    }

    private Object state(Method method, Object command) {
        var type = Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(InjectEntity.class))
                .findFirst()
                .orElseThrow()
                .getType();
        var id = annotated(command, TargetEntityId.class).values().iterator().next();
        return context.getBeansOfType(EventSourcedState.class).values().stream()
                .filter(state -> state.stateType() == type)
                .map(state -> folded(state, id))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private Object folded(EventSourcedState<?, ?, ?> definition, Object id) {
        var typed = (EventSourcedState<Object, Object, Object>) definition;
        var criteria = typed.criteria().apply(id).flatten();
        var state = typed.initial().apply(id);
        for (var event : log) {
            if (typed.eventFamily().isInstance(event)
                    && criteria.stream().anyMatch(one -> one.matches(new QualifiedName(nameOf(event)), tags(event)))) {
                state = typed.evolve().apply(state, event);
            }
        }
        return state;
    }

    private void append(Object event) {
        log.add(event);
        dispatch(Projection.class, Projection::of, "", nameOf(event), event);
        published.addAll(context.getBean(Publication.class).publish(event));
        dispatch(Policy.class, Policy::of, "", nameOf(event), event);
    }

    private <A extends Annotation> void dispatch(
            Class<A> kind, Function<A, String> service, String of, String name, Object event) {
        for (var bean : context.getBeansWithAnnotation(kind).values()) {
            var annotation = Objects.requireNonNull(bean.getClass().getAnnotation(kind));
            for (var method : bean.getClass().getDeclaredMethods()) {
                var handler = method.getAnnotation(EventHandler.class);
                if (service.apply(annotation).equals(of)
                        && handler != null
                        && handler.eventName().equals(name)) {
                    invoke(bean, method, event);
                }
            }
        }
    }

    private static String nameOf(Object event) {
        var name = Objects.requireNonNull(event.getClass().getAnnotation(Event.class));
        return name.namespace() + "." + name.name();
    }

    private static Set<Tag> tags(Object event) {
        return annotated(event, EventTag.class).entrySet().stream()
                .map(field -> new Tag(
                        Objects.requireNonNull(field.getKey().getAnnotation(EventTag.class))
                                .key(),
                        field.getValue().toString()))
                .collect(Collectors.toSet());
    }

    private static Map<Field, Object> annotated(Object message, Class<? extends Annotation> annotation) {
        var values = new LinkedHashMap<Field, Object>();
        try {
            for (var field : message.getClass().getDeclaredFields()) {
                if (field.isAnnotationPresent(annotation)) {
                    field.setAccessible(true);
                    values.put(field, Objects.requireNonNull(field.get(message)));
                }
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("fields of messages can be read", e);
        }
        return values;
    }

    private static @Nullable Object invoke(Object target, Method method, Object... arguments) {
        try {
            method.setAccessible(true);
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(method + " failed", e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " cannot be called", e);
        }
    }
}
